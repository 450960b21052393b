import { headers } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson, withoutHeader } from '../edit.ts';

export default defineDeviations({
  callback: {
    summary: 'forgets the privileges where a callback is asked for',
    behaviour: (contract) => ({
      authenticate: (request, users, situation) => {
        const user = contract.authenticate(request, users, situation);
        const called = contract.preferences(request, situation).callbackUrl !== undefined;
        return user !== undefined && called ? { ...user, privileged: true } : user;
      },
    }),
  },
  'checked-late': {
    summary: 'refuses a user without the privileges after it has accepted the operation',
    alsoBreaks: { 'sdk.unprivileged': 'the organization service asks for the same privileges' },
    behaviour: (contract) => ({
      permits: (user, action, operation, situation) =>
        action === 'submit' || contract.permits(user, action, operation, situation),
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        if (kept.status !== 202 || about.user?.privileged !== false) return kept;
        const refusal = withoutHeader(withoutHeader(kept, headers.operationId), headers.location);
        return withJson(refusal, 403, { error: { code: '0x80040220', message: 'A privilege is missing.' } });
      },
    }),
  },
  'a-moment-ago': {
    summary: 'lets every user submit at the moment at which another one was let',
    narrow: true,
    behaviour: (contract) => {
      let allowedAt: number | undefined;
      return {
        permits: (user, action, operation, situation) => {
          const permitted = contract.permits(user, action, operation, situation);
          if (action !== 'submit') return permitted;
          if (permitted) allowedAt = situation.now;
          return permitted || allowedAt === situation.now;
        },
      };
    },
  },
  none: {
    summary: 'lets every user submit',
    alsoBreaks: { 'sdk.unprivileged': 'the organization service asks for the same privileges' },
    behaviour: edit('permits', (permitted, _user, action) => action === 'submit' || permitted),
  },
  spelling: {
    summary: 'asks for the privileges only where respond-async is written in small letters',
    narrow: true,
    behaviour: (contract) => ({
      authenticate: (request, users, situation) => {
        const user = contract.authenticate(request, users, situation);
        const isOther =
          /Respond-Async/i.test(request.headers.prefer ?? '') &&
          !request.headers.prefer?.includes('respond-async');
        return user !== undefined && isOther ? { ...user, privileged: true } : user;
      },
    }),
  },
});
