import { edit, editOwnId } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  'empty-guid': {
    summary: 'answers 200 with an empty object for the row of the empty GUID',
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'row-get' || !request.path.includes('(00000000-0000-')) return answer;
      return withJson(answer, 200, {});
    }),
  },
  empty: {
    summary: 'answers 200 with an empty object for a row that is not there',
    behaviour: edit('answer', (answer, _request, about) => {
      const unknown = about.resource === 'row-get' && answer.status === 404 && about.operation === undefined;
      return unknown ? withJson(answer, 200, {}) : answer;
    }),
  },
  user: {
    summary: 'finds a row by the id of a user',
    narrow: true,
    behaviour: editOwnId('row-get', (answer) => withJson(answer, 200, {})),
  },
  annotations: {
    summary: 'answers 400 for an unknown row where annotations are asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request, { resource }) =>
      resource === 'row-get' &&
      answer.status === 404 &&
      /include-annotations/.test(request.headers.prefer ?? '')
        ? { ...answer, status: 400 }
        : answer,
    ),
  },
  select: {
    summary: 'answers 200 with nulls for the row of an unknown id where columns are chosen',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && answer.status === 404 && request.query.includes('select')
        ? withJson(answer, 200, { name: null })
        : answer,
    ),
  },
});
