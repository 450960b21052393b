import { members, paths } from '../../contract/vocabulary.ts';
import { edit, editOwnId, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';
import type { PlainAnswer } from '../plain.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noContent: PlainAnswer = { status: 204, headers: [], body: undefined };

const editUnknown = (change: (answer: PlainAnswer) => PlainAnswer): BehaviourEdit =>
  edit('answer', (answer, request, { resource }) =>
    resource === 'monitor-get' && answer.status === 404 && guid.test(request.path) ? change(answer) : answer,
  );

export default defineDeviations({
  'bad-request': {
    summary: 'answers 400 for an id that it does not know',
    behaviour: editUnknown((answer) => ({ ...answer, status: 400 })),
  },
  'empty-guid': {
    summary: 'has a monitor for the empty GUID, as a new record has it',
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'monitor-get' || !request.path.startsWith(`${paths.monitor}00000000-0000-`))
        return answer;
      return withJson(answer, 200, { [members.state]: 0, [members.status]: 0 });
    }),
  },
  'no-content': {
    summary: 'answers 204 for an id that it does not know',
    behaviour: editUnknown(() => noContent),
  },
  user: {
    summary: 'takes the id of a user for that of an operation',
    narrow: true,
    behaviour: editOwnId('monitor-get', (answer) =>
      withJson(answer, 200, { [members.state]: 0, [members.status]: 0 }),
    ),
  },
  job: {
    summary: 'takes the id of a system job for that of an operation',
    narrow: true,
    behaviour: (contract) => {
      const jobs = new Set<string>();
      return edit('answer', (answer, request, { resource }) => {
        if (request.path.endsWith('/asyncoperations'))
          for (const [, id = ''] of (answer.body ?? '').matchAll(/"asyncoperationid":"([^"]+)"/g))
            jobs.add(id);
        return resource === 'monitor-get' && jobs.has(request.path.slice(paths.monitor.length))
          ? withJson(answer, 200, { [members.state]: 3, [members.status]: 30 })
          : answer;
      })(contract);
    },
  },
  waiting: {
    summary: 'takes an id that it does not know for one that waits',
    behaviour: editUnknown((answer) => withJson(answer, 200, { [members.state]: 0, [members.status]: 0 })),
  },
});
