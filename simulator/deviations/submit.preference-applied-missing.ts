import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.preference-applied-missing',
  breaks: 'submit.preference-applied',
  summary: 'does not say which preference it applied',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .filter(([name]) => name !== headers.preferenceApplied || operation.callbackUrl !== undefined),
  }),
});
