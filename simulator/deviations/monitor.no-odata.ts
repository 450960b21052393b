import { paths, table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  context: {
    summary: 'gives the monitor an @odata.context',
    behaviour: edit('monitor', (monitor, operation) => ({
      '@odata.context': `${operation.origin}${paths.webApi('v9.2')}$metadata#${table.set}/$entity`,
      ...monitor,
    })),
  },
});
