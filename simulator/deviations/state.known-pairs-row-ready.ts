import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'state.known-pairs-row-ready',
  breaks: 'state.known-pairs',
  summary: 'leaves the state of a finished row at locked, (2,30)',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return given;
      return editRows(given, (row) =>
        row[table.state] === 3 && row[table.status] === 30 ? { ...row, [table.state]: 2 } : row,
      );
    },
  }),
});
