import { withJson } from '../edit.ts';
import { table } from '../../contract/vocabulary.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import type { PlainRequest } from '../plain.ts';

/** Takes every user for one with the privileges where a request is of this kind. */
const openTo = (kind: (request: PlainRequest) => boolean): BehaviourEdit =>
  edit('authenticate', (user, request) =>
    user !== undefined && kind(request) ? { ...user, privileged: true } : user,
  );

export default defineDeviations({
  cancels: {
    summary: 'lets every user update a row',
    behaviour: openTo((request) => request.method === 'PATCH' && request.path.includes(`/${table.set}`)),
  },
  list: {
    summary: 'asks for the privilege on a row, but not on the list of them',
    behaviour: openTo((request) => request.method === 'GET' && request.path.endsWith(`/${table.set}`)),
  },
  reads: {
    summary: 'lets every user read the table',
    behaviour: openTo((request) => request.method === 'GET' && request.path.includes(`/${table.set}`)),
  },
  'named-key': {
    summary: 'lets every user read a row by the name of its key',
    narrow: true,
    behaviour: openTo((request) => request.method === 'GET' && request.path.includes(`(${table.key}=`)),
  },
  'patch-done': {
    summary: 'refuses a user without the privileges after it has canceled by PATCH',
    alsoBreaks: {
      'access.unprivileged-monitor': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => ({
      permits: (user, action, o, situation) =>
        contract.permits(user, action, o, situation) || (action === 'cancel' && o !== undefined),
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        return about.user?.privileged === false && about.resource === 'row-patch'
          ? withJson(given, 403, {
              error: {
                code: '0x80040220',
                message: 'Principal user is missing prvWritebackgroundoperation privilege.',
              },
            })
          : given;
      },
    }),
  },
  property: {
    summary: 'lets every user read a single column of a row',
    narrow: true,
    behaviour: (contract) => {
      let property = false;
      return {
        request: (request, situation) => {
          property = request.method === 'GET' && /\/backgroundoperations\([^)]*\)\/\w+/i.test(request.path);
          return contract.request(request, situation);
        },
        permits: (user, action, o, situation) =>
          (property && action === 'read') || contract.permits(user, action, o, situation),
      };
    },
  },
  count: {
    summary: 'lets every user count the rows',
    narrow: true,
    behaviour: edit('authenticate', (user, request) =>
      user !== undefined && request.path.endsWith('/backgroundoperations/$count')
        ? { ...user, privileged: true }
        : user,
    ),
  },
});
