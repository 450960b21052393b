import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  retry: {
    summary: 'shows a retry that runs as waiting',
    behaviour: edit('executing', (codes, operation) =>
      operation.attempts > 0 && !operation.canceled ? pairs.waiting : codes,
    ),
  },
  waiting: {
    summary: 'shows an operation as waiting while its attempt runs',
    alsoBreaks: {
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
      'table.filter': 'a row is found by a value that the contract does not give it',
      'table.etag-conditional': 'the row does not show what the condition is about',
    },
    behaviour: edit('executing', (codes, operation) => (operation.canceled ? codes : pairs.waiting)),
  },
  third: {
    summary: 'shows the third attempt as waiting',
    narrow: true,
    behaviour: edit('executing', (codes, o) =>
      o.attempts === 2 && !o.canceled ? { state: 0, status: 0 } : codes,
    ),
  },
});
