import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'table.select-memo',
  breaks: 'table.select',
  summary: 'leaves memo columns out although they were selected',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return given;
      return editRows(given, (row) =>
        Object.fromEntries(
          Object.entries(row).filter(
            ([name]) => !request.query.includes('select') || name !== 'inputparameters',
          ),
        ),
      );
    },
  }),
});
