import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.ways-are-equal-patch-ignored',
  breaks: 'cancel.ways-are-equal',
  summary: 'answers 204 to a cancellation by PATCH of an operation that runs, and forgets it',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const id = /backgroundoperations\(([0-9a-f-]{36})\)/i.exec(read.path)?.[1]?.toLowerCase();
      const running = id !== undefined && situation.find(id)?.executing === true;
      return read.method === 'PATCH' && running
        ? { ...read, method: 'GET', headers: { ...read.headers, 'x-forgotten': '1' } }
        : read;
    },
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return request.headers['x-forgotten'] === '1' ? { ...given, status: 204, body: undefined } : given;
    },
  }),
});
