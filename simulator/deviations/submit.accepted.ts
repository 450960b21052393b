import { members } from '../../contract/vocabulary.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

/** Cannot read the body of a submission that has such a field. */
const refusing = (type: RegExp, field: 'content-type' | 'accept' = 'content-type'): BehaviourEdit =>
  edit('request', (request) =>
    request.method === 'POST' &&
    request.path.includes('/api/data/') &&
    type.test(request.headers[field] ?? '')
      ? { ...request, body: '"unread"' }
      : request,
  );

export default defineDeviations({
  created: {
    summary: 'answers an accepted operation with 201, as if it were a new row',
    behaviour: edit('answer', (answer) => (answer.status === 202 ? { ...answer, status: 201 } : answer)),
  },
  long: {
    summary: 'answers 201 where the inputs are longer than four thousand characters',
    behaviour: edit('answer', (answer, request) =>
      answer.status === 202 && request.body.length > 4_000 ? { ...answer, status: 201 } : answer,
    ),
  },
  ok: {
    summary: 'answers an accepted operation with 200 and its codes, as an early draft had it',
    behaviour: edit('answer', (answer, _request, about) => {
      if (answer.status !== 202 || about.operation === undefined) return answer;
      const { state, status } = about.operation;
      return withJson(answer, 200, { [members.state]: state, [members.status]: status });
    }),
  },
  charset: {
    summary: 'refuses a submission whose Content-Type names a charset',
    narrow: true,
    behaviour: refusing(/charset/i),
  },
  accept: {
    summary: 'refuses a submission of a client that would take something else as well',
    narrow: true,
    behaviour: refusing(/,/, 'accept'),
  },
  capitals: {
    summary: 'refuses a submission whose media type has capital letters',
    narrow: true,
    behaviour: refusing(/^[^;]*[A-Z]/),
  },
  parameter: {
    summary: 'refuses a submission whose Content-Type has another parameter than a charset',
    narrow: true,
    behaviour: refusing(/;(?!\s*charset)/i),
  },
  'hundred-kilobytes': {
    summary: 'refuses a body of more than a hundred kilobytes',
    alsoBreaks: { 'submit.does-not-wait': 'what it refused is executed all the same' },
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'submit' && request.body.length > 102_400
        ? withJson(answer, 413, { error: { code: '', message: 'The body is too long.' } })
        : answer,
    ),
  },
});
