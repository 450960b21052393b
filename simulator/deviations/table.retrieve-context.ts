import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.retrieve-context',
  breaks: 'table.retrieve',
  summary: 'leaves @odata.context off a row',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get') return given;
      return editJson(given, (json) =>
        Object.fromEntries(Object.entries(json).filter(([name]) => name !== '@odata.context')),
      );
    },
  }),
});
