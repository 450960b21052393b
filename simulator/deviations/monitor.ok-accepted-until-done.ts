import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.ok-accepted-until-done',
  breaks: 'monitor.ok',
  summary: 'answers 202 until the operation is finished, as a common pattern of polling has it',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return kept.status === 200 && operation.state !== 3 ? { ...kept, status: 202 } : kept;
    },
  }),
});
