import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.any-position-exact',
  breaks: 'prefer.any-position',
  summary: 'compares the whole of Prefer with the two forms of the documentation',
  alsoBreaks: {
    'prefer.whitespace': 'the two forms have their white space in certain places',
    'prefer.unknown-ignored': 'an unknown parameter makes another form of it',
  },
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const documented = /^respond-async(?:, odata\.callback; ?url="[^"]*")?$/i;
      return { ...read, respondAsync: documented.test(request.prefer.join(', ')) };
    },
  }),
});
