/** Which resource answers which path. */
import { plain, refuse } from './answers.mjs';
import { callMessage } from './custom-apis.mjs';
import { monitor } from './monitor.mjs';
import { organizationService } from './organization-service.mjs';
import { operationsTable } from './operations-table.mjs';
import { userOf } from './users.mjs';

const MONITOR = /^\/api\/backgroundoperation\/([^/]+)$/;
const WEB_API = /^\/api\/data\/v9\.2\/(.+)$/;
const RESOURCE = /^(\w+)(?:\((.*)\)|\/\$count)?$/;

/**
 * Answers a request, or throws the refusal. The clock is open to everybody; all else needs a user,
 * and who has none learns nothing of what exists.
 */
export async function route(request, parts) {
  if (request.path === '/clock') return clockResource(request, parts.clock);
  const user = userOf(request.headers.authorization);
  if (user === undefined) throw refuse.anonymous(request.origin);
  request.user = user;

  const served = await organizationService(request, parts);
  if (served !== undefined) return served;
  const [, id] = MONITOR.exec(request.path) ?? [];
  if (id !== undefined) return monitor(request, id, parts.operations);
  const [, rest] = WEB_API.exec(request.path) ?? [];
  if (rest === undefined) throw refuse.unknownSegment(request.path);

  const called = callMessage(request, rest, parts);
  if (called !== undefined) return called;
  const [, set, key] = RESOURCE.exec(rest) ?? [];
  if (set !== undefined && rest.endsWith('/$count') && request.method !== 'GET')
    throw refuse.methodNotAllowed('GET');
  if (set === 'backgroundoperations') return operationsTable(request, key, parts.operations);
  if (parts.registry.has(set)) return parts.registry.answer(request, set, key);
  if (rest === '$batch') throw refuse.notImplemented('$batch');
  throw refuse.unknownSegment(rest);
}

async function clockResource(request, clock) {
  if (request.method === 'POST' && clock.kind === 'virtual') {
    const { milliseconds } = request.json();
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
      throw refuse.malformedRequest('"milliseconds" has to be a whole number, zero or more.');
    }
    await clock.advance(milliseconds);
  } else if (request.method !== 'GET') {
    throw refuse.methodNotAllowed(clock.kind === 'virtual' ? 'GET, POST' : 'GET');
  }
  return plain(200, { now: new Date(clock.now()).toISOString() });
}
