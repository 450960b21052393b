import { defineDeviation } from '../deviation.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.malformed-no-content',
  breaks: 'unknown.malformed',
  summary: 'answers 204 for an id that cannot be one',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const id = /\/backgroundoperation\/([^/]*)$/.exec(request.path)?.[1];
      return id === undefined || guid.test(id) || kept.status < 400
        ? kept
        : { status: 204, headers: [], body: undefined };
    },
  }),
});
