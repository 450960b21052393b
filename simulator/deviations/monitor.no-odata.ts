import { paths, table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviations({
  'where-asked-so': {
    summary: 'gives the monitor an @odata.context where the request has the headers of the Web API',
    narrow: true,
    behaviour: edit('answer', (answer, { headers }, { resource }) =>
      resource === 'monitor-get' && answer.status === 200 && headers['odata-version'] !== undefined
        ? editJson(answer, (body) => ({ '@odata.context': 'https://contoso.example/$metadata', ...body }))
        : answer,
    ),
  },
  context: {
    summary: 'gives the monitor an @odata.context',
    behaviour: edit('monitor', (monitor, operation) => ({
      '@odata.context': `${operation.origin}${paths.webApi('v9.2')}$metadata#${table.set}/$entity`,
      ...monitor,
    })),
  },
});
