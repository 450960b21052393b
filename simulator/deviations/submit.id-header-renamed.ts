import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-header-renamed',
  breaks: 'submit.id-header',
  summary: 'carries the id in a header of another name',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .map(([name, value]) => [name === headers.operationId ? 'x-ms-operation-id' : name, value]),
  }),
});
