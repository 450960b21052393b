import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson, withoutHeader } from '../edit.ts';

export default defineDeviations({
  annotated: {
    summary: 'answers a PATCH that prefers annotations with a body',
    narrow: true,
    behaviour: edit('answer', (answer, request, { resource }) =>
      resource === 'row-patch' && answer.status === 204 && request.prefer.join().includes('annotations')
        ? withJson(answer, 200, { backgroundoperationstatecode: 2 })
        : answer,
    ),
  },
  row: {
    summary: 'answers a cancellation by PATCH with 200 and a body',
    alsoBreaks: { 'cancel.running-accepted': 'the same answer is owed while an attempt runs' },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-patch' && answer.status === 204
        ? withJson(answer, 200, { backgroundoperationstatuscode: 22 })
        : answer,
    ),
  },
  version: {
    summary: 'leaves OData-Version off the answer to PATCH',
    alsoBreaks: { 'cancel.running-accepted': 'the same answer is owed while an attempt runs' },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-patch' ? withoutHeader(answer, 'OData-Version') : answer,
    ),
  },
  charset: {
    summary: 'refuses a PATCH whose Content-Type names a charset',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.method === 'PATCH' && /charset/i.test(request.headers['content-type'] ?? '')
        ? { ...request, body: '"charset"' }
        : request,
    ),
  },
});
