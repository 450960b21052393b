import { defineSection } from '../clause.ts';

/** unknown — an id that no operation has. */
export const unknown = defineSection({
  id: 'unknown',
  title: 'an id that no operation has',
  source: { document: 'article', anchor: 'poll-the-status-monitor-resource' },
  clauses: {
    'unknown.monitor-get': {
      level: 'MUST',
      basis: 'derived',
      duty: 'GET of the monitor answers 404',
      needs: [],
    },
    'unknown.monitor-delete': {
      level: 'MUST',
      basis: 'derived',
      duty: 'DELETE answers 404',
      needs: [],
    },
    'unknown.row-get': {
      level: 'MUST',
      basis: 'derived',
      duty: 'GET of the row answers 404',
      needs: ['table'],
    },
    'unknown.row-patch': {
      level: 'MUST',
      basis: 'derived',
      duty: 'PATCH with `If-Match: *` answers 404 and creates nothing',
      needs: ['table'],
    },
    'unknown.error-body': {
      level: 'SHOULD',
      basis: 'derived',
      duty: "the row's 404 has an `error.message` that names the id (observed code `0x80048d02`)",
      needs: ['table'],
    },
    'unknown.malformed': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'an id that is no GUID is answered 400 or 404, never 2xx, never 5xx',
      needs: [],
    },
  },
});
