import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.ok-no-content',
  breaks: 'monitor.ok',
  summary: 'answers 204 while there is nothing to tell',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return operation.state === 3
        ? kept
        : { ...withoutHeader(kept, 'Content-Type'), status: 204, body: undefined };
    },
  }),
});
