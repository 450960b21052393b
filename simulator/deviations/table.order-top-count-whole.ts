import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-whole',
  breaks: 'table.order-top-count',
  summary: 'counts the rows of the whole table, whatever the filter',
  behaviour: (contract) => {
    const accepted = new Set<string>();
    return {
      accepted: (operation, situation) => {
        accepted.add(operation.id);
        return contract.accepted(operation, situation);
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        if (about.resource !== 'rows-get') return given;
        return editJson(given, (json) =>
          '@odata.count' in json ? { ...json, '@odata.count': accepted.size } : json,
        );
      },
    };
  },
});
