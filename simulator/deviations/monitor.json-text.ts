import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.json-text',
  breaks: 'monitor.json',
  summary: 'sends the monitor as text/plain',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return withHeader(kept, 'Content-Type', 'text/plain; charset=utf-8');
    },
  }),
});
