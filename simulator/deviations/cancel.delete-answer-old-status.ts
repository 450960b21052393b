import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.delete-answer-old-status',
  breaks: 'cancel.delete-answer',
  summary: 'answers DELETE with the status from before the cancellation',
  alsoBreaks: {
    'cancel.running-accepted': 'the same answer is owed while an attempt runs',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'monitor-delete' || given.status !== 200 || about.before === undefined)
        return given;
      const { state, status } = about.before;
      return editJson(given, () => ({ [members.state]: state, [members.status]: status }));
    },
  }),
});
