import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'table.retrieve-etag',
  breaks: 'table.retrieve',
  summary: 'leaves @odata.etag off a row',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get') return given;
      return editRows(given, (row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => name !== '@odata.etag')),
      );
    },
  }),
});
