import { headers, paths, table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { edit, editLocation } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const below = `${paths.webApi('v9.2')}${table.entity}/`;

const rowOf = ({ origin, id }: Operation): string => `${origin}${paths.webApi('v9.2')}${table.set}(${id})`;

export default defineDeviations({
  'below-web-api': {
    summary: 'puts the monitor below the root of the Web API',
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        return { ...read, path: read.path.replace(below, paths.monitor) };
      },
      ...editLocation((location) => location.replace(paths.monitor, below))(contract),
    }),
  },
  missing: {
    summary: 'gives the id in its header only, without Location',
    behaviour: edit('acceptedHeaders', (fields) => fields.filter(([name]) => name !== headers.location)),
  },
  'row-callback': {
    summary: 'names the row in Location where a callback was asked for',
    behaviour: editLocation((location, operation) =>
      operation.callbackUrl === undefined ? location : rowOf(operation),
    ),
  },
  row: {
    summary: 'names the row in Location, as an early draft had it',
    behaviour: editLocation((_location, operation) => rowOf(operation)),
  },
});
