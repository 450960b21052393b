import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-header-missing',
  breaks: 'submit.id-header',
  summary: 'gives the id in Location only',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .filter(([name]) => name !== headers.operationId),
  }),
});
