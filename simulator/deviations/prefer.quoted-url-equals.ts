import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.quoted-url-equals',
  breaks: 'prefer.quoted-url',
  summary: 'cuts the url of a callback at its first equals sign',
  alsoBreaks: { 'callback.url-verbatim': 'a signature that is cut off does not reach the receiver' },
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return { ...read, callbackUrl: read.callbackUrl?.split('=', 1)[0] };
    },
  }),
});
