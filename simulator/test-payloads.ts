import { validate, type SchemaName } from '../contract/schemas.ts';
import type { OutboundRequest } from './behaviour/delivery.ts';
import { jsonObject, type PlainAnswer, type PlainRequest } from './plain.ts';

const rowPath = /^\/api\/data\/v9\.\d\/backgroundoperations\([^)]*\)$/;
const setPath = /^\/api\/data\/v9\.\d\/backgroundoperations$/;
const monitorPath = /^\/api\/backgroundoperation\/[^/]+$/;
const outbound = { probe: 'probe-call', callback: 'callback', webhook: 'event-context' } as const;
const monitors: Readonly<Record<number, SchemaName>> = {
  0: 'monitor-waiting',
  20: 'monitor-executing',
  30: 'monitor-succeeded',
  31: 'monitor-failed',
  32: 'monitor-canceled',
};

/** What is wrong with the body of an answer, by the contract's schema of the payload. */
export function answerProblems(request: PlainRequest, answer: PlainAnswer): readonly string[] {
  const name = answerPayload(request, answer);
  return name === undefined
    ? []
    : problems(name, answer.body, `${request.method} ${request.path}: ${answer.status}`);
}

/** What is wrong with something that the simulator sends outward, by the contract's schema of the payload. */
export function outboundProblems({ purpose, url, body }: OutboundRequest): readonly string[] {
  // What flows are sent is documented nowhere, so the contract has no schema of it.
  if (purpose === 'registration') return [];
  return problems(outbound[purpose], body, `${purpose} to ${url}`);
}

function answerPayload({ method, path, query }: PlainRequest, answer: PlainAnswer): SchemaName | undefined {
  const { status, body } = answer;
  if (body === undefined || body === '') return undefined;
  const monitor = monitorPath.test(path);
  if (monitor && method === 'DELETE' && status === 409) return 'conflict';
  if (status >= 400) return path.startsWith('/api/data/') ? 'error' : undefined;
  if (monitor) return method === 'DELETE' ? 'cancel-answer' : monitorPayload(body);
  if (status === 202) return 'accepted';
  if (path === '/simulator/clock') return 'clock';
  if (method !== 'GET' || status !== 200) return undefined;
  // Different rows of FetchXML stand for several, so they have no key.
  if (setPath.test(path)) return query.includes('distinct%3D%22true') ? undefined : 'collection';
  // With $select a row has only some of its columns.
  return rowPath.test(path) && query === '' ? 'row' : undefined;
}

function monitorPayload(body: string): SchemaName {
  return monitors[Number(jsonObject(body)?.['backgroundOperationStatusCode'])] ?? 'monitor';
}

function problems(name: SchemaName, body: string | undefined, where: string): readonly string[] {
  const validation = validate(name, JSON.parse(body ?? 'null'));
  return validation.ok ? [] : validation.problems.map((problem) => `${where}: ${name}: ${problem}`);
}
