import { defineDeviations, type Variants } from '../deviation.ts';
import { withJson } from '../edit.ts';
import { isJsonObject, jsonObject } from '../plain.ts';

const set = /\/callbackregistrations(\([0-9a-f-]{36}\))?$/i;

const selected = /((?:\$|%24)select=)url\b/;

/** Shows the URL of each registration in answers to one kind of request. */
const shows = (
  summary: string,
  where: 'row' | 'list' | 'selected' | 'created' | 'refused',
): Variants[string] => ({
  summary,
  behaviour: (contract) => {
    const urls = new Map<unknown, unknown>();
    let selects = false;
    const withUrl = (row: unknown): unknown =>
      isJsonObject(row) ? { ...row, url: urls.get(row.callbackregistrationid) } : row;
    return {
      request: (request, situation) => {
        const { query } = request;
        selects = where === 'selected' && set.exec(request.path)?.[1] === undefined && selected.test(query);
        return contract.request(
          selects ? { ...request, query: query.replace(selected, '$1name') } : request,
          situation,
        );
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        const [, key] = set.exec(request.path) ?? [];
        if (!set.test(request.path)) return given;
        if (where === 'refused' && request.method === 'PATCH' && given.status >= 400)
          return withJson(given, given.status, {
            error: withUrl({ callbackregistrationid: key?.slice(1, -1) }),
          });
        if (given.status >= 300) return given;
        const body = jsonObject(given.body);
        if (request.method === 'POST') {
          const address = given.headers.find(([name]) => name === 'Location')?.[1] ?? '';
          urls.set(/\(([^)]+)\)$/.exec(address)?.[1], jsonObject(request.body)?.url);
          if (where !== 'created' || body === undefined) return given;
          return { ...given, body: JSON.stringify(withUrl(body)) };
        }
        if (request.method !== 'GET' || body === undefined) return given;
        if (where === 'row' && key !== undefined) return { ...given, body: JSON.stringify(withUrl(body)) };
        if ((where !== 'list' && !selects) || !Array.isArray(body.value)) return given;
        return { ...given, body: JSON.stringify({ ...body, value: body.value.map(withUrl) }) };
      },
    };
  },
});

export default defineDeviations({
  row: shows('shows the URL of a callback registration in its row', 'row'),
  list: shows('shows the URLs of callback registrations in the list', 'list'),
  selected: {
    ...shows('shows the URLs of callback registrations in the list where they are selected', 'selected'),
    narrow: true,
  },
  refused: {
    ...shows('tells the URL of a callback registration where it refuses a change of it', 'refused'),
    narrow: true,
  },
  created: shows('gives the URL back to whoever wants the new registration returned', 'created'),
});
