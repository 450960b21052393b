import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'table.formatted-values-status-only',
  breaks: 'table.formatted-values',
  summary: 'gives the label of the status, but none of the state',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return given;
      return editRows(given, (row) =>
        Object.fromEntries(
          Object.entries(row).filter(([name]) => !name.startsWith('backgroundoperationstatecode@')),
        ),
      );
    },
  }),
});
