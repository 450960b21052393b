import { paths, table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { defineDeviation } from '../deviation.ts';

const rowOf = ({ origin, id }: Operation): string => `${origin}${paths.webApi('v9.2')}${table.set}(${id})`;

export default defineDeviation({
  name: 'submit.location-row',
  breaks: 'submit.location',
  summary: 'names the row in Location, as an early draft had it',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, _location, situation) =>
      contract.acceptedHeaders(operation, rowOf(operation), situation),
    acceptedBody: (operation, _location, situation) =>
      contract.acceptedBody(operation, rowOf(operation), situation),
  }),
});
