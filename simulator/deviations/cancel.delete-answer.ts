import { members } from '../../contract/vocabulary.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';
import type { PlainAnswer } from '../plain.ts';

/** Changes the answer to a cancellation by DELETE where a callback was asked for. */
function whereCallbackIsOwed(change: (answer: PlainAnswer) => PlainAnswer): BehaviourEdit {
  return edit('answer', (answer, _request, about) =>
    about.resource === 'monitor-delete' && answer.status === 200 && about.operation?.callbackUrl !== undefined
      ? change(answer)
      : answer,
  );
}

export default defineDeviations({
  'no-content': {
    summary: 'answers 204 without a body to a cancellation by DELETE',
    alsoBreaks: { 'cancel.running-accepted': 'the same answer is owed while an attempt runs' },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && answer.status === 200
        ? { ...answer, status: 204, body: undefined }
        : answer,
    ),
  },
  'old-status': {
    summary: 'answers DELETE with the status from before the cancellation',
    alsoBreaks: { 'cancel.running-accepted': 'the same answer is owed while an attempt runs' },
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'monitor-delete' || answer.status !== 200 || about.before === undefined)
        return answer;
      const { state, status } = about.before;
      return editJson(answer, () => ({ [members.state]: state, [members.status]: status }));
    }),
  },
  strings: {
    summary: 'answers DELETE with the codes as strings',
    alsoBreaks: { 'cancel.running-accepted': 'the same answer is owed while an attempt runs' },
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'monitor-delete' || answer.status !== 200) return answer;
      return editJson(answer, () => ({ [members.state]: '2', [members.status]: '22' }));
    }),
  },
  callback: {
    summary: 'answers 204 to DELETE where a callback was asked for',
    alsoBreaks: {
      'cancel.running-accepted': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: whereCallbackIsOwed((answer) => ({ ...answer, status: 204, body: undefined })),
  },
  'no-error': {
    summary: 'says in the answer to DELETE that there is no error where a callback was asked for',
    alsoBreaks: {
      'cancel.running-accepted': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: whereCallbackIsOwed((answer) =>
      editJson(answer, (json) => ({ ...json, [members.errorCode]: null })),
    ),
  },
  id: {
    summary: 'answers DELETE with the id as well',
    alsoBreaks: {
      'cancel.running-accepted': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && answer.status === 200
        ? editJson(answer, (json) => ({ ...json, backgroundOperationId: about.operation?.id }))
        : answer,
    ),
  },
});
