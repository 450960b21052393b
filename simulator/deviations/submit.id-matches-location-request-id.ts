import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-matches-location-request-id',
  breaks: 'submit.id-matches-location',
  summary: 'gives the id of the request instead of the operation’s in the header',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .map(([name, value]) => [name, name === headers.operationId ? crypto.randomUUID() : value]),
  }),
});
