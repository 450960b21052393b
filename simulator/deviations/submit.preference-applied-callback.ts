import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.preference-applied-callback',
  breaks: 'submit.preference-applied',
  summary: 'says that it applied a callback although none was asked for',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .map(([name, value]) => [name, name === headers.preferenceApplied ? 'callback' : value]),
  }),
});
