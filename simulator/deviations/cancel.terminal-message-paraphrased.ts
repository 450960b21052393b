import { terminalMessage } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-message-paraphrased',
  breaks: 'cancel.terminal-message',
  summary: 'refuses to cancel a finished operation in its own words',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return { ...kept, body: kept.body?.replace(terminalMessage, 'The operation has completed.') };
    },
  }),
});
