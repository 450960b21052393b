import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.quoted-url-comma',
  breaks: 'prefer.quoted-url',
  summary: 'cuts the url of a callback at its first comma',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return { ...read, callbackUrl: read.callbackUrl?.split(',', 1)[0] };
    },
  }),
});
