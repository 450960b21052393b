import { paths, table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.no-odata-context',
  breaks: 'monitor.no-odata',
  summary: 'gives the monitor an @odata.context',
  behaviour: (contract) => ({
    monitor: (operation, situation) => ({
      '@odata.context': `${operation.origin}${paths.webApi('v9.2')}$metadata#${table.set}/$entity`,
      ...contract.monitor(operation, situation),
    }),
  }),
});
