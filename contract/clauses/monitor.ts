import { defineSection } from '../clause.ts';

/** monitor — Poll the status monitor resource. */
export const monitor = defineSection({
  id: 'monitor',
  title: 'Poll the status monitor resource',
  source: { document: 'article', anchor: 'poll-the-status-monitor-resource' },
  clauses: {
    'monitor.ok': {
      level: 'MUST',
      basis: 'shown',
      duty: 'GET answers 200 whether the operation waits, runs, succeeded, failed or was canceled',
      needs: ['probe'],
    },
    'monitor.json': {
      level: 'MUST',
      basis: 'shown',
      duty: '`Content-Type: application/json` (parameters allowed)',
      needs: ['probe'],
    },
    'monitor.codes': {
      level: 'MUST',
      basis: 'shown',
      duty: '`backgroundOperationStateCode` and `backgroundOperationStatusCode` are present, as integers',
      needs: ['probe'],
    },
    'monitor.error-on-failure': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after a failure `backgroundOperationErrorCode` (integer) and `backgroundOperationErrorMessage` (string) are there',
      needs: ['probe', 'clock', 'slow'],
    },
    'monitor.error-only-on-failure': {
      level: 'MUST',
      basis: 'stated',
      duty: 'both are absent (absent, not null) while no attempt has failed, and after success without a failed attempt',
      needs: ['probe'],
    },
    'monitor.error-after-failed-attempt': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether they are there while a retry is awaited, and after recovery',
      needs: ['probe', 'clock', 'slow'],
    },
    'monitor.outputs-on-success': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after success each output the custom API set stands at the top level under its name; text unchanged, any Unicode',
      needs: ['probe'],
    },
    'monitor.output-types': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'numbers and booleans stand there as JSON numbers and booleans',
      needs: ['probe'],
    },
    'monitor.outputs-only-on-success': {
      level: 'MUST',
      basis: 'stated',
      duty: 'before completion, after failure and after cancellation no output parameter appears',
      needs: ['probe'],
    },
    'monitor.no-labels': {
      level: 'MUST',
      basis: 'stated',
      duty: 'no formatted values, even when annotations are asked for',
      needs: ['probe'],
    },
    'monitor.own-outputs': {
      level: 'MUST',
      basis: 'derived',
      duty: 'with many operations in flight each monitor shows its own operation',
      needs: ['probe'],
    },
    'monitor.only-get-and-delete': {
      level: 'MUST',
      basis: 'stated',
      duty: 'POST, PUT and PATCH are refused (4xx/501) and change nothing',
      needs: ['probe'],
    },
    'monitor.method-not-allowed': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'they are answered 405 with `Allow` (RFC 9110)',
      needs: ['probe'],
    },
    'monitor.read-is-safe': {
      level: 'MUST',
      basis: 'derived',
      duty: 'reading never changes what a later read shows',
      needs: ['probe'],
    },
    'monitor.agrees-with-row': {
      level: 'MUST',
      basis: 'derived',
      duty: 'once an operation is at rest, monitor and row show the same state, status, error and outputs (value types apart)',
      needs: ['probe', 'table'],
    },
    'monitor.no-odata': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'no `@odata.*` members: it is not part of the Web API',
      needs: ['probe'],
    },
    'monitor.needs-no-odata-headers': {
      level: 'SHOULD',
      basis: 'shown',
      duty: 'a GET without OData headers works',
      needs: ['probe'],
    },
    'monitor.case-of-path': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether `/api/backgroundOperation/` (capital O, draft V1) answers too',
      needs: ['probe'],
    },
  },
});
