import { members, paths, terminalMessage } from '../../contract/vocabulary.ts';
import { edit, editOwnId, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';
import type { PlainAnswer } from '../plain.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noContent: PlainAnswer = { status: 204, headers: [], body: undefined };

const editUnknown = (change: (answer: PlainAnswer) => PlainAnswer): BehaviourEdit =>
  edit('answer', (answer, request, { resource }) =>
    resource === 'monitor-delete' && answer.status === 404 && guid.test(request.path)
      ? change(answer)
      : answer,
  );

export default defineDeviations({
  canceled: {
    summary: 'answers that it cancels, whatever the id',
    behaviour: editUnknown((answer) => withJson(answer, 200, { [members.state]: 2, [members.status]: 22 })),
  },
  conflict: {
    summary: 'takes what it does not know for finished, and answers 409',
    behaviour: editUnknown((answer) => withJson(answer, 409, { message: terminalMessage })),
  },
  'empty-guid': {
    summary: 'answers 204 to DELETE of the empty GUID',
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'monitor-delete' || !request.path.startsWith(`${paths.monitor}00000000-0000-`))
        return answer;
      return noContent;
    }),
  },
  user: {
    summary: 'answers 204 to DELETE of the id of a user',
    narrow: true,
    behaviour: editOwnId('monitor-delete', () => noContent),
  },
  idempotent: {
    summary: 'answers 204 when it has nothing to cancel',
    behaviour: editUnknown(() => noContent),
  },
});
