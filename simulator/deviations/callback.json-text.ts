import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.json-text',
  breaks: 'callback.json',
  summary: 'sends the payload as a JSON string',
  alsoBreaks: {
    'callback.codes': 'no codes can be read from such a payload',
  },
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, body: JSON.stringify(one.body) } : one)),
  }),
});
