import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';

const known = new Set<string>([
  preferences.respondAsync,
  preferences.callback,
  preferences.plainCallback,
  preferences.includeAnnotations,
  preferences.maxPageSize,
  'return',
]);

export default defineDeviation({
  name: 'prefer.unknown-ignored-fallback',
  breaks: 'prefer.unknown-ignored',
  summary: 'runs a call synchronously if it does not know all of its preferences',
  alsoBreaks: {
    'prefer.any-position': 'preferences of RFC 7240 and OData that it does not know may stand in the list',
  },
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const all = [...parsePrefer(request.prefer).keys()].every((name) => known.has(name));
      return all ? read : { ...read, respondAsync: false };
    },
  }),
});
