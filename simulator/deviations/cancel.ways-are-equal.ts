import { table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  'patch-ignored': {
    summary: 'answers 204 to a cancellation by PATCH of an operation that runs, and forgets it',
    alsoBreaks: {
      'access.anonymous': 'whoever asks is answered so',
      'access.unprivileged-row': 'whoever asks is answered so',

      'table.etag-conditional': 'the row does not show what the condition is about',
      'state.executing': 'what is shown during the attempt is not in progress any more',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.shows-canceling': 'the cancellation is not shown where it is looked for',
      'cancel.twice': 'a second cancellation meets the same mistake',
      'cancel.no-retry': 'a cancellation that is forgotten prevents no retry',
    },
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const id = /backgroundoperations\(([0-9a-f-]{36})\)/i.exec(read.path)?.[1]?.toLowerCase();
        const running = id !== undefined && situation.find(id)?.executing === true;
        return read.method === 'PATCH' && running
          ? { ...read, method: 'GET', headers: { ...read.headers, 'x-forgotten': '1' } }
          : read;
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        return request.headers['x-forgotten'] === '1' ? { ...given, status: 204, body: undefined } : given;
      },
    }),
  },
  'row-behind': {
    summary: 'does not show a cancellation in the row as long as the attempt runs',
    alsoBreaks: {
      'table.formatted-values': 'there is no such label where there is no such value',
      'table.filter': 'a row is found by a value that the contract does not give it',
      'cancel.shows-canceling': 'the cancellation is not shown where it is looked for',
    },
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get') return answer;
      return editRows(answer, (row) => (row[table.status] === 22 ? { ...row, [table.status]: 20 } : row));
    }),
  },
  count: {
    summary: 'counts a cancellation by PATCH as a retry',
    alsoBreaks: {
      'sdk.retrieve': 'the organization service shows another value than the row',
      'table.retrycount-starts-at-zero': 'the same mistake is seen there as well',
      'retry.count': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const patched = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          if (
            about.resource === 'row-patch' &&
            about.operation?.canceled === true &&
            about.before?.canceled === false
          )
            patched.add(about.operation.id);
          return about.resource === 'row-get' && patched.has(about.operation?.id ?? '')
            ? editRows(given, (row) =>
                'retrycount' in row ? { ...row, retrycount: Number(row.retrycount) + 1 } : row,
              )
            : given;
        },
      };
    },
  },
});
