import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.synchronous-without-preference-any',
  breaks: 'submit.synchronous-without-preference',
  summary: 'takes any preference at all for respond-async',
  alsoBreaks: {
    'prefer.unknown-ignored': 'an unknown preference is a preference too',
    'prefer.callback-alone': 'odata.callback is a preference too',
  },
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return { ...read, respondAsync: request.prefer.length > 0 };
    },
  }),
});
