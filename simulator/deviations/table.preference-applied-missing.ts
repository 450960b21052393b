import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'table.preference-applied-missing',
  breaks: 'table.preference-applied',
  summary: 'does not say that it applied the annotation preference',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return given;
      return withoutHeader(given, 'Preference-Applied');
    },
  }),
});
