import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.json-array',
  breaks: 'callback.json',
  summary: 'sends the payload as an array of one',
  alsoBreaks: {
    'callback.codes': 'no codes can be read from such a payload',
  },
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, body: `[${one.body}]` } : one)),
  }),
});
