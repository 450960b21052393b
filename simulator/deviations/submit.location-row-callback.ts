import { paths, table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { defineDeviation } from '../deviation.ts';

const locationOf = ({ callbackUrl, origin, id }: Operation, location: string): string =>
  callbackUrl === undefined ? location : `${origin}${paths.webApi('v9.2')}${table.set}(${id})`;

export default defineDeviation({
  name: 'submit.location-row-callback',
  breaks: 'submit.location',
  summary: 'names the row in Location where a callback was asked for',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract.acceptedHeaders(operation, locationOf(operation, location), situation),
    acceptedBody: (operation, location, situation) =>
      contract.acceptedBody(operation, locationOf(operation, location), situation),
  }),
});
