import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'callback.preference-applied-missing',
  breaks: 'callback.preference-applied',
  summary: 'does not say which preference it applied',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? withoutHeader(given, 'Preference-Applied')
        : given;
    },
  }),
});
