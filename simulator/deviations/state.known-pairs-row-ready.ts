import { table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'state.known-pairs-row-ready',
  breaks: 'state.known-pairs',
  summary: 'leaves the state of a finished row at locked, (2,30)',
  alsoBreaks: {
    'state.succeeded': 'the row of a success does not show the pair of a success',
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
    'table.select': 'a selected column is missing',
    'table.formatted-values': 'there is no such label where there is no such value',
    'table.filter': 'a row is found by a value that the contract does not give it',
    'monitor.agrees-with-row': 'monitor and row differ by it',
  },
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
