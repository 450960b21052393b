import { defineSection } from '../clause.ts';

/** unknown — an id that no operation has. */
export const unknown = defineSection({
  id: 'unknown',
  title: 'An id that no operation has',
  source: { document: 'article', anchor: 'poll-the-status-monitor-resource' },
  clauses: {
    'unknown.monitor-get': {
      level: 'MUST',
      basis: 'derived',
      duty: 'GET of the monitor of an unknown id answers 404',
      needs: [],
      why: 'A client whose operation expired, or that mistyped the id, must learn that there is nothing rather than poll for ever.',
      source: { document: 'rfc9110', anchor: 'section-15.5.5', note: '404 Not Found' },
    },
    'unknown.monitor-delete': {
      level: 'MUST',
      basis: 'derived',
      duty: 'DELETE of the monitor of an unknown id answers 404',
      needs: [],
      why: 'A cancellation of nothing must not look successful.',
      source: { document: 'rfc9110', anchor: 'section-15.5.5', note: '404 Not Found' },
    },
    'unknown.row-get': {
      level: 'MUST',
      basis: 'derived',
      duty: 'GET of the row of an unknown id answers 404',
      needs: ['table'],
      why: 'Clients tell a missing row by its 404.',
      source: { document: 'elastic-tables', note: 'a missing row of an elastic table' },
    },
    'unknown.row-patch': {
      level: 'MUST',
      basis: 'derived',
      duty: 'PATCH with `If-Match: *` of a row that does not exist answers 404 and creates nothing',
      needs: ['table'],
      why: 'With If-Match: * an update must not create a row: a typing error would leave a row that is never processed.',
      source: { document: 'conditional-operations', note: 'If-Match: * prevents an update from creating' },
    },
    'unknown.error-body': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the 404 for a row that does not exist has an `error.message` that names the id (observed code `0x80048d02`)',
      needs: ['table'],
      why: 'A message that names the id leads the developer to the mistake.',
      source: { document: 'elastic-tables', note: 'a missing row of an elastic table' },
    },
    'unknown.malformed': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'an id that is not a GUID is answered 400 or 404, never 2xx, never 5xx',
      needs: [],
      why: 'Anything can arrive in an address; it must be refused, and must not break the server.',
      source: { document: 'rfc9110', anchor: 'section-15.5', note: 'client errors are 4xx' },
    },
  },
});
