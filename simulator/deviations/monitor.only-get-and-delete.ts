import { paths } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';

const refusal: PlainAnswer = { status: 405, headers: [['Allow', 'GET,DELETE']], body: undefined };

export default defineDeviations({
  'patch-cancels': {
    summary: 'takes a PATCH of the monitor for a cancellation',
    alsoBreaks: { 'monitor.method-not-allowed': 'PATCH is not a method that it refuses' },
    behaviour: edit('request', (request) => {
      const taken = request.method === 'PATCH' && request.path.startsWith(paths.monitor);
      return taken ? { ...request, method: 'DELETE' } : request;
    }),
  },
  'post-reads': {
    summary: 'answers a POST of the monitor as a GET',
    alsoBreaks: { 'monitor.method-not-allowed': 'POST is not a method that it refuses' },
    behaviour: edit('request', (request) => {
      const taken = request.method === 'POST' && request.path.startsWith(paths.monitor);
      return taken ? { ...request, method: 'GET' } : request;
    }),
  },
  'put-ignored': {
    summary: 'answers a PUT of the monitor with 204 and does nothing',
    alsoBreaks: { 'monitor.method-not-allowed': 'PUT is not a method that it refuses' },
    behaviour: edit('answer', (answer, request, about) => {
      const ignored = about.resource === 'monitor-other' && request.method === 'PUT' && answer.status === 405;
      return ignored ? { status: 204, headers: [], body: undefined } : answer;
    }),
  },
  'refused-but-done': {
    summary: 'refuses a PATCH of the monitor after it has canceled',
    behaviour: (contract) => {
      const patched = new WeakSet<PlainRequest>();
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          if (read.method !== 'PATCH' || !read.path.startsWith(paths.monitor)) return read;
          const canceling = { ...read, method: 'DELETE' };
          patched.add(canceling);
          return canceling;
        },
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          return patched.has(request) ? refusal : kept;
        },
      };
    },
  },
  cancels: {
    summary: 'cancels although it refuses POST to the monitor, as the monitor shows',
    narrow: true,
    behaviour: (contract) => {
      const posted = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'monitor-other' && about.operation?.state !== 3)
            posted.add(about.operation?.id ?? '');
          return contract.answer(answer, request, about);
        },
        begins: (o, situation) => contract.begins(o, situation) && !posted.has(o.id),
      };
    },
  },
  writes: {
    summary: 'writes the row although it refuses PATCH of the monitor',
    narrow: true,
    behaviour: (contract) => {
      const sent = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'monitor-other') sent.add(about.operation?.id ?? '');
          return contract.answer(answer, request, about);
        },
        etag: (o) => contract.etag(sent.has(o.id) ? { ...o, version: o.version + 1 } : o),
      };
    },
  },
});
