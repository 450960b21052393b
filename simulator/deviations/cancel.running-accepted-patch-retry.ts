import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.running-accepted-patch-retry',
  breaks: 'cancel.running-accepted',
  summary: 'answers 400 to PATCH while a retry runs',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, before } = about;
      if (resource !== 'row-patch' || before === undefined || !before.executing || before.attempts < 2)
        return kept;
      return withJson(kept, 400, { error: { code: '0x80040203', message: 'The operation is running.' } });
    },
  }),
});
