import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.case-insensitive-parameter',
  breaks: 'prefer.case-insensitive',
  summary: 'knows the parameter url in lower case only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const callbackUrl = /[;\s]url\s*=/.test(request.prefer.join()) ? read.callbackUrl : undefined;
      return { ...read, callbackUrl };
    },
  }),
});
