import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.case-insensitive-callback',
  breaks: 'prefer.case-insensitive',
  summary: 'knows odata.callback in lower case only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const callbackUrl = request.prefer.join().includes('odata.callback') ? read.callbackUrl : undefined;
      return { ...read, callbackUrl };
    },
  }),
});
