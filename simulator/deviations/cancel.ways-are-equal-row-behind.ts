import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.ways-are-equal-row-behind',
  breaks: 'cancel.ways-are-equal',
  summary: 'does not show a cancellation in the row as long as the attempt runs',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get') return given;
      return editRows(given, (row) => (row[table.status] === 22 ? { ...row, [table.status]: 20 } : row));
    },
  }),
});
