import { withJson } from '../edit.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'ignores a stale If-Match',
    behaviour: edit('request', (request) =>
      request.headers['if-match'] === undefined
        ? request
        : { ...request, headers: { ...request.headers, 'if-match': '*' } },
    ),
  },
  cancellation: {
    summary: 'gives the row no new etag for a cancellation',
    narrow: true,
    behaviour: (contract) => ({
      etag: (o) => contract.etag(o.canceled && o.state !== 3 ? { ...o, version: o.version - 1 } : o),
    }),
  },
  retry: {
    summary: 'gives the row no new etag for the beginning of a retry',
    narrow: true,
    behaviour: (contract) => ({
      etag: (o) => contract.etag(o.executing && o.attempts > 1 ? { ...o, version: o.version - 1 } : o),
    }),
  },
  end: {
    summary: 'gives the row no new etag for its end',
    narrow: true,
    behaviour: (contract) => ({
      etag: (o) => contract.etag(o.state === 3 ? { ...o, version: o.version - 1 } : o),
    }),
  },
  cancels: {
    summary: 'answers 412 to a stale If-Match after it has canceled',
    narrow: true,
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const match = read.headers['if-match'];
        return read.method === 'PATCH' && match?.startsWith('W/') === true
          ? { ...read, headers: { ...read.headers, 'if-match': '*', 'x-match': match } }
          : read;
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        const match = request.headers['x-match'];
        return match !== undefined && about.before !== undefined && match !== contract.etag(about.before)
          ? withJson(given, 412, {
              error: { code: '0x80060882', message: "The version of the existing record doesn't match." },
            })
          : given;
      },
    }),
  },
  'same-status': {
    summary: 'makes the etag of the status, so that it comes again with it',
    narrow: true,
    behaviour: (contract) => ({
      etag: (o) => contract.etag({ ...o, version: o.status }),
    }),
  },
  strong: {
    summary: 'takes its own weak etag for stale',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-patch' &&
      answer.status === 204 &&
      request.headers['if-match']?.startsWith('W/') === true
        ? withJson(answer, 412, {
            error: { code: '0x80060882', message: "The version of the existing record doesn't match." },
          })
        : answer,
    ),
  },
  'weak-only': {
    summary: 'looks at If-Match only where it holds weak tags',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.headers['if-match']?.startsWith('"') === true
        ? { ...request, headers: { ...request.headers, 'if-match': '*' } }
        : request,
    ),
  },
});
