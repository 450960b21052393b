import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  canceled: {
    summary: 'answers 204 to PATCH of an operation that was canceled already',
    alsoBreaks: {
      'cancel.race': 'a cancellation that comes too late in a race is answered so as well',
    },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-patch' && about.before?.state === 3 && about.before.status === 32
        ? { ...answer, status: 204, body: undefined }
        : answer,
    ),
  },
  ok: {
    summary: 'answers 204 to PATCH of a finished operation, and does nothing',
    alsoBreaks: {
      'cancel.race': 'a cancellation that comes too late in a race is answered so as well',
      'table.etag-conditional': 'whatever is asked is answered so',
      'access.unprivileged-row': 'whoever asks is answered so',
    },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-patch' && about.before?.state === 3
        ? { ...answer, status: 204, body: undefined }
        : answer,
    ),
  },
  etag: {
    summary: 'answers 204 to PATCH of what has ended where If-Match names its etag',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-patch' &&
      about.before?.state === 3 &&
      answer.status >= 400 &&
      answer.status !== 412 &&
      request.headers['if-match'] !== '*'
        ? { ...answer, status: 204, body: undefined }
        : answer,
    ),
  },
});
