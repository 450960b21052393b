import { headers, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';

const known = new Set<string>([
  preferences.respondAsync,
  preferences.callback,
  preferences.plainCallback,
  preferences.includeAnnotations,
  preferences.maxPageSize,
  'return',
]);

export default defineDeviations({
  claimed: {
    summary: 'says that it applied every preference that it was sent',
    behaviour: edit('answer', (answer, request, about) => {
      if (answer.status !== 202 || about.operation?.callbackUrl !== undefined) return answer;
      return withHeader(
        answer,
        headers.preferenceApplied,
        [...parsePrefer(request.prefer).keys()].join(', '),
      );
    }),
  },
  escapes: {
    summary: 'ends a quoted string at an escaped quote',
    behaviour: (contract) => ({
      preferences: (request, situation) => {
        const unescaped = request.prefer.map((field) => field.replaceAll('\\"', '"'));
        const { respondAsync } = contract.preferences({ ...request, prefer: unescaped }, situation);
        return { ...contract.preferences(request, situation), respondAsync };
      },
    }),
  },
  fallback: {
    summary: 'runs a call synchronously if it does not know all of its preferences',
    alsoBreaks: {
      'prefer.any-position': 'preferences of RFC 7240 and OData that it does not know may stand in the list',
    },
    behaviour: edit('preferences', (read, request) => {
      const all = [...parsePrefer(request.prefer).keys()].every((name) => known.has(name));
      return all ? read : { ...read, respondAsync: false };
    }),
  },
  parameters: {
    summary: 'does not recognize respond-async with a parameter',
    behaviour: edit('preferences', (read, request) => {
      const { parameters } = parsePrefer(request.prefer).get(preferences.respondAsync) ?? {};
      return { ...read, respondAsync: read.respondAsync && parameters?.size === 0 };
    }),
  },
  prefix: {
    summary: 'takes any name that begins with respond-async for the preference',
    behaviour: edit('preferences', (read, request) => {
      const names = [...parsePrefer(request.prefer).keys()];
      return { ...read, respondAsync: names.some((name) => name.startsWith(preferences.respondAsync)) };
    }),
  },
  quoted: {
    summary: 'splits the list at commas inside quoted strings too',
    behaviour: (contract) => ({
      preferences: (request, situation) => {
        const pieces = request.prefer.flatMap((field) => field.split(','));
        const { respondAsync } = contract.preferences({ ...request, prefer: pieces }, situation);
        return { ...contract.preferences(request, situation), respondAsync };
      },
    }),
  },
  substring: {
    summary: 'takes any text with respond-async in it for the preference',
    behaviour: edit('preferences', (read, request) => ({
      ...read,
      respondAsync: /respond-async/i.test(request.prefer.join()),
    })),
  },
  parameter: {
    summary: 'does not see respond-async that has a parameter',
    narrow: true,
    behaviour: (contract) => ({
      preferences: (request, situation) =>
        contract.preferences(
          {
            ...request,
            prefer: request.prefer.map((field) => field.replace(/respond-async\s*(?=;)/i, 'other')),
          },
          situation,
        ),
    }),
  },
  'inside-string': {
    summary: 'takes odata.callback in a quoted string of another preference for the preference',
    narrow: true,
    behaviour: edit('preferences', (read, request) => {
      const [, url] =
        /=\s*"[^"]*odata\.callback\s*;\s*url\s*=\s*\\?"([^"\\]*)/i.exec(request.prefer.join()) ?? [];
      return url === undefined ? read : { ...read, callbackUrl: url };
    }),
  },
});
