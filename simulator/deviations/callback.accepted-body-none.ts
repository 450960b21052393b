import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.accepted-body-none',
  breaks: 'callback.accepted-body',
  summary: 'answers a request for a callback without a body',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? { ...given, body: undefined }
        : given;
    },
  }),
});
