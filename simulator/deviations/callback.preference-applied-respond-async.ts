import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'callback.preference-applied-respond-async',
  breaks: 'callback.preference-applied',
  summary: 'says respond-async only, although a callback will come',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? withHeader(given, 'Preference-Applied', 'respond-async')
        : given;
    },
  }),
});
