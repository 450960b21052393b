import { defineSection } from '../clause.ts';

/** access — Required privileges. */
export const access = defineSection({
  id: 'access',
  title: 'Required privileges',
  source: { document: 'article', anchor: 'required-privileges' },
  clauses: {
    'access.anonymous': {
      level: 'MUST',
      basis: 'derived',
      duty: 'submit, monitor and row without a token are answered 401',
      needs: ['auth'],
    },
    'access.challenge': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'with `WWW-Authenticate: Bearer…`',
      needs: ['auth'],
    },
    'access.privileges-required': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a user without `prvReadbackgroundoperation` and `prvWritebackgroundoperation` cannot submit: refused, nothing created, nothing executed',
      needs: ['probe', 'unprivileged'],
    },
    'access.forbidden': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'with status 403',
      needs: ['probe', 'unprivileged'],
    },
    'access.unprivileged-row': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'such a user can neither read nor cancel through the row',
      needs: ['probe', 'table', 'unprivileged'],
    },
    'access.unprivileged-monitor': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'nor through the monitor: its DELETE by such a user changes nothing',
      needs: ['probe', 'unprivileged'],
    },
    'access.monitor-authenticated': {
      level: 'MUST',
      basis: 'stated',
      duty: 'reading the monitor after a callback needs authentication',
      needs: ['probe', 'auth'],
    },
    'access.error-code': {
      level: 'SHOULD',
      basis: 'derived',
      duty: "the 403's `error.code` is `0x80040220`",
      needs: ['probe', 'unprivileged'],
    },
    'access.other-user': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what another privileged user sees of an operation',
      needs: ['probe', 'other'],
    },
  },
});
