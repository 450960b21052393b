import { paths } from '../../contract/vocabulary.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson, editRows } from '../edit.ts';
import type { PlainRequest } from '../plain.ts';

/** Takes every user for one with the privileges where a request is of this kind. */
const openTo = (kind: (request: PlainRequest) => boolean): BehaviourEdit =>
  edit('authenticate', (user, request) =>
    user !== undefined && kind(request) ? { ...user, privileged: true } : user,
  );

export default defineDeviations({
  cancels: {
    summary: 'lets every user cancel through the monitor',
    behaviour: openTo((request) => request.method === 'DELETE' && request.path.startsWith(paths.monitor)),
  },
  reads: {
    summary: 'lets every user read a monitor',
    behaviour: openTo((request) => request.method === 'GET' && request.path.startsWith(paths.monitor)),
  },
  head: {
    summary: 'answers HEAD of a monitor whoever asks',
    narrow: true,
    behaviour: openTo((request) => request.method === 'HEAD' && request.path.startsWith(paths.monitor)),
  },
  'refused-but-done': {
    summary: 'refuses a user without the privileges after it has canceled',
    behaviour: (contract) => {
      const unprivileged = new Set<string>();
      return {
        authenticate: (request, users, situation) => {
          const user = contract.authenticate(request, users, situation);
          if (user === undefined || request.method !== 'DELETE') return user;
          if (!user.privileged) unprivileged.add(user.id);
          return request.path.startsWith(paths.monitor) ? { ...user, privileged: true } : user;
        },
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          const denied = about.resource === 'monitor-delete' && unprivileged.has(about.user?.id ?? '');
          const message = 'A privilege is missing.';
          return denied ? withJson(kept, 403, { error: { code: '0x80040220', message } }) : kept;
        },
      };
    },
  },
  finished: {
    summary: 'lets every user read the monitor of what has ended',
    alsoBreaks: {
      'access.unprivileged-row': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('permits', (may, _user, action, o) => may || (action === 'read' && o?.state === 3)),
  },
  terminal: {
    summary: 'tells a user without the privileges that an operation has ended',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.user?.privileged === false && about.resource === 'monitor-delete' && about.before?.state === 3
        ? withJson(answer, 200, { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 })
        : answer,
    ),
  },
  modified: {
    summary: 'notes the user whom it refused as the one who wrote the row last',
    narrow: true,
    behaviour: (contract) => {
      const by = new Map<string, string>();
      return {
        answer: (answer, request, about) => {
          const id = about.before?.id;
          const given = contract.answer(answer, request, about);
          if (about.resource === 'monitor-delete' && id !== undefined && given.status === 403)
            by.set(id, about.user?.id ?? '');
          return about.resource === 'row-get' && by.has(about.operation?.id ?? '')
            ? editRows(given, (row) =>
                '_modifiedby_value' in row
                  ? { ...row, _modifiedby_value: by.get(about.operation?.id ?? '') }
                  : row,
              )
            : given;
        },
      };
    },
  },
});
