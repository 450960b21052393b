import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';
import type { PlainRequest } from '../plain.ts';

export default defineDeviation({
  name: 'unknown.row-patch-created-behind-404',
  breaks: 'unknown.row-patch',
  summary: 'writes the row before it finds out that there was none',
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
        return unknown.has(request) ? withJson(kept, 404, { error: { code: '0x80048d02', message } }) : kept;
      },
    };
  },
});
