import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.ways-are-equal-row-behind',
  breaks: 'cancel.ways-are-equal',
  summary: 'does not show a cancellation in the row as long as the attempt runs',
  alsoBreaks: {
    'table.formatted-values': 'there is no such label where there is no such value',
    'table.filter': 'a row is found by a value that the contract does not give it',
    'cancel.shows-canceling': 'the cancellation is not shown where it is looked for',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get') return given;
      return editRows(given, (row) => (row[table.status] === 22 ? { ...row, [table.status]: 20 } : row));
    },
  }),
});
