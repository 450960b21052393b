import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  exact: {
    summary: 'compares the whole of Prefer with the two forms of the documentation',
    alsoBreaks: {
      'prefer.whitespace': 'the two forms have their white space in certain places',
      'prefer.unknown-ignored': 'an unknown parameter makes another form of it',
    },
    behaviour: edit('preferences', (read, request) => {
      const documented = /^respond-async(?:, odata\.callback; ?url="[^"]*")?$/i;
      return { ...read, respondAsync: documented.test(request.prefer.join(', ')) };
    }),
  },
  'first-only': {
    summary: 'finds respond-async at the beginning of the list only',
    behaviour: edit('preferences', (read, request) => {
      const respondAsync = request.prefer.some((field) => /^\s*respond-async\b/i.test(field));
      return { ...read, respondAsync: respondAsync && read.respondAsync };
    }),
  },
  'first-five': {
    summary: 'reads no more than five preferences of a list',
    narrow: true,
    behaviour: edit('preferences', (read, request) => {
      const first = request.prefer.flatMap((field) => field.split(',').slice(0, 5));
      return { ...read, respondAsync: read.respondAsync && /respond-async/i.test(first.join()) };
    }),
  },
  'last-only': {
    summary: 'keeps the last preference of a list only',
    behaviour: (contract) => ({
      preferences: (request, situation) => {
        const last = request.prefer.map((field) => field.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).at(-1) ?? '');
        const { respondAsync } = contract.preferences({ ...request, prefer: last }, situation);
        return { ...contract.preferences(request, situation), respondAsync };
      },
    }),
  },
  annotations: {
    summary: 'finds odata.include-annotations at the beginning of the list only',
    narrow: true,
    behaviour: edit('preferences', (read, request) =>
      /^\s*odata\.include-annotations/i.test(request.prefer[0] ?? '')
        ? read
        : { ...read, annotations: undefined },
    ),
  },
});
