import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.delete-answer-strings',
  breaks: 'cancel.delete-answer',
  summary: 'answers DELETE with the codes as strings',
  alsoBreaks: {
    'cancel.running-accepted': 'the same answer is owed while an attempt runs',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'monitor-delete' || given.status !== 200) return given;
      return editJson(given, () => ({ [members.state]: '2', [members.status]: '22' }));
    },
  }),
});
