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
      why: 'Inputs, outputs and errors are business data and must not be readable by everybody.',
      source: { document: 'authentication', note: 'every request carries a bearer token' },
    },
    'access.challenge': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a 401 carries `WWW-Authenticate: Bearer…`',
      needs: ['auth'],
      why: 'The challenge tells a client where to sign in.',
      source: { document: 'rfc6750', anchor: 'section-3', note: 'the WWW-Authenticate field' },
    },
    'access.privileges-required': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a user without `prvReadbackgroundoperation` and `prvWritebackgroundoperation` cannot submit: refused, nothing created, nothing executed',
      needs: ['probe', 'unprivileged'],
      why: 'Administrators control by these privileges who may start background work.',
    },
    'access.forbidden': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a user without the two privileges is refused with status 403',
      needs: ['probe', 'unprivileged'],
      why: '403 tells a client that signing in again will not help.',
      source: { document: 'error-codes', note: 'PrivilegeDenied, 0x80040220' },
    },
    'access.unprivileged-row': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a user without the two privileges can neither read nor cancel through the row',
      needs: ['probe', 'table', 'unprivileged'],
      why: 'The privileges are those of the table; without them its rows are closed.',
      source: {
        document: 'article',
        anchor: 'required-privileges',
        note: 'The privileges are those to read and to write the table.',
      },
    },
    'access.unprivileged-monitor': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a user without the two privileges can neither read nor cancel through the monitor',
      needs: ['probe', 'unprivileged'],
      why: 'The monitor shows the same data as the row and must be protected in the same way.',
      source: {
        document: 'article',
        anchor: 'required-privileges',
        note: 'The privileges are those to read and to write the table, which the monitor shows.',
      },
    },
    'access.monitor-authenticated': {
      level: 'MUST',
      basis: 'stated',
      duty: 'reading the monitor after a callback needs authentication',
      needs: ['probe', 'auth'],
      why: 'The address of the monitor travels through callbacks and logs; knowing it must not be enough.',
      source: {
        document: 'article',
        anchor: 'request-a-callback',
        note: 'The receiver has to send an authenticated GET.',
      },
    },
    'access.error-code': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the 403 for a missing privilege has the `error.code` `0x80040220`',
      needs: ['probe', 'unprivileged'],
      why: 'Clients recognise a missing privilege by its code.',
      source: { document: 'error-codes', note: 'PrivilegeDenied, 0x80040220' },
    },
    'access.other-user': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what another privileged user sees of an operation',
      needs: ['probe', 'other'],
      why: 'Operations may belong to several users; who sees what decides how a client is built.',
      source: {
        document: 'table',
        note: 'The table is owned by the organization; who sees which rows is not said.',
      },
    },
  },
});
