import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'table.retrieve-version',
  breaks: 'table.retrieve',
  summary: 'leaves OData-Version off the answer for a row',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get') return given;
      return withoutHeader(given, 'OData-Version');
    },
  }),
});
