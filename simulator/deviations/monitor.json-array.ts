import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.json-array',
  breaks: 'monitor.json',
  summary: 'sends a list with the one operation in it',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return kept.status === 200 ? { ...kept, body: `[${kept.body ?? ''}]` } : kept;
    },
  }),
});
