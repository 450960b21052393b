import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.location-missing',
  breaks: 'submit.location',
  summary: 'gives the id in its header only, without Location',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract.acceptedHeaders(operation, location, situation).filter(([name]) => name !== headers.location),
  }),
});
