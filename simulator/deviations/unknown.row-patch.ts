import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';
import type { PlainRequest } from '../plain.ts';

export default defineDeviations({
  'created-behind-404': {
    summary: 'writes the row before it finds out that there was none',
    alsoBreaks: { 'unknown.error-body': 'its 404 names no id' },
    choices: { withoutIfMatch: 'upsert' },
    behaviour: (contract) => {
      const unknown = new WeakSet<PlainRequest>();
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const key = /\(([0-9a-f-]{36})\)$/i.exec(read.path)?.[1]?.toLowerCase();
          if (read.method !== 'PATCH' || key === undefined || situation.find(key) !== undefined) return read;
          const upsert = { ...read, headers: { ...read.headers, 'if-match': undefined } };
          if (read.headers['if-match'] === '*') unknown.add(upsert);
          return upsert;
        },
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          const message = 'The row does not exist.';
          return unknown.has(request)
            ? withJson(kept, 404, { error: { code: '0x80048d02', message } })
            : kept;
        },
      };
    },
  },
  'no-content': {
    summary: 'answers 204 when no row matches the update',
    alsoBreaks: {
      'cancel.patch-answer': 'it looks like a cancellation that was accepted, without its header',
    },
    behaviour: edit('answer', (answer, _request, about) => {
      const unknown =
        about.resource === 'row-patch' && answer.status === 404 && about.operation === undefined;
      return unknown ? { status: 204, headers: [], body: undefined } : answer;
    }),
  },
  precondition: {
    summary: 'answers 412, since If-Match: * matches nothing',
    behaviour: edit('answer', (answer, _request, about) => {
      const unknown =
        about.resource === 'row-patch' && answer.status === 404 && about.operation === undefined;
      return unknown ? { ...answer, status: 412 } : answer;
    }),
  },
  upserts: {
    summary: 'creates the row in spite of If-Match',
    choices: { withoutIfMatch: 'upsert' },
    behaviour: edit('request', (request) => {
      const upserts = request.method === 'PATCH' && request.headers['if-match'] === '*';
      return upserts ? { ...request, headers: { ...request.headers, 'if-match': undefined } } : request;
    }),
  },
  expired: {
    summary: 'answers 204 to PATCH of a row that has expired',
    narrow: true,
    behaviour: (contract) => {
      const known = new Set<string>();
      return {
        accepted: (o, situation) => {
          known.add(o.id);
          return contract.accepted(o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const id = /\(([0-9a-f-]{36})\)/i.exec(request.path)?.[1]?.toLowerCase() ?? '';
          return about.resource === 'row-patch' && given.status === 404 && known.has(id)
            ? { ...given, status: 204, body: undefined }
            : given;
        },
      };
    },
  },
});
