import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.json-problem',
  breaks: 'monitor.json',
  summary: 'sends the monitor of a failed operation as application/problem+json',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return operation.status === 31 ? withHeader(kept, 'Content-Type', 'application/problem+json') : kept;
    },
  }),
});
