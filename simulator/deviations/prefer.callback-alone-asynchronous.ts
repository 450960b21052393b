import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.callback-alone-asynchronous',
  breaks: 'prefer.callback-alone',
  summary: 'takes odata.callback for respond-async as well',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return { ...read, respondAsync: read.respondAsync || read.callbackUrl !== undefined };
    },
  }),
});
