import { messages, paths, table } from '../../contract/vocabulary.ts';
import type { PlainRequest } from '../plain.ts';
import { backgroundOperations } from './backgroundoperations.ts';
import { belowOperation } from './below-operation.ts';
import type { Call, Handled } from './call.ts';
import { refused } from './call.ts';
import { boundCall, unboundCall } from './operation-call.ts';
import { errors } from './errors.ts';
import { fetchRows } from './fetch.ts';
import { definitions } from './metadata/definitions.ts';
import { metadataDocument, serviceDocument } from './metadata/service.ts';
import { monitor } from './monitor.ts';
import { organizationFunction } from './organization-functions.ts';
import { performableOperations } from './performable-operations.ts';
import { smallTable } from './small-tables.ts';
import { answerWhoAmI } from './who-am-i.ts';

const webApi = /^\/api\/data\/v9\.\d{1,3}(?:\.\d{1,3})?(?:\/|$)/;
const capitalMonitor = '/api/backgroundOperation/';

/** Where a request goes: the monitor, the Web API with its root, or nowhere. */
export type Route =
  | { readonly kind: 'monitor'; readonly id: string }
  | { readonly kind: 'web-api'; readonly root: string; readonly rest: string }
  | { readonly kind: 'none' };

/** The route of a path; percent-encoding that means nothing leads nowhere. */
export function routeOf({ path, origin }: PlainRequest, capitalMonitorPath: boolean): Route {
  if (path.startsWith(paths.monitor)) return monitorRoute(path.slice(paths.monitor.length));
  const root = webApi.exec(path)?.[0];
  if (root !== undefined) {
    const rest = decoded(path.slice(root.length));
    const slash = root.endsWith('/') ? '' : '/';
    return rest === undefined
      ? { kind: 'none' }
      : { kind: 'web-api', root: `${origin}${root}${slash}`, rest };
  }
  if (capitalMonitorPath && path.startsWith(capitalMonitor)) {
    return monitorRoute(path.slice(capitalMonitor.length));
  }
  return { kind: 'none' };
}

function monitorRoute(encoded: string): Route {
  const id = decoded(encoded);
  return id === undefined ? { kind: 'none' } : { kind: 'monitor', id };
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Hands a request of a known user to its resource. */
export function dispatch(call: Call, route: Route): Handled | Promise<Handled> {
  switch (route.kind) {
    case 'monitor':
      return monitor(call, route.id);
    case 'web-api':
      return webApiResource(call, route.rest);
    case 'none':
      return refused('other', errors.noResource(`${call.request.origin}${call.request.path}`));
  }
}

/** Where the first segment of a path ends, before a key or parameters in parentheses too; -1 for nowhere. */
function endOfSegment(rest: string): number {
  const slash = rest.indexOf('/');
  const parenthesis = rest.indexOf('(');
  return slash < 0 || (parenthesis >= 0 && parenthesis < slash) ? parenthesis : slash;
}

function webApiResource(call: Call, rest: string): Handled | Promise<Handled> {
  const end = endOfSegment(rest);
  const segment = end < 0 ? rest : rest.slice(0, end);
  const tail = rest.slice(segment.length);
  if (tail.includes('/')) {
    const bound = boundCall(call, segment, tail);
    if (bound !== undefined) return bound;
  }
  if (segment === table.set) {
    if (tail.includes(')/')) return belowOperation(call, tail);
    return (tail === '' ? fetchRows(call) : undefined) ?? backgroundOperations(call, tail);
  }
  const api = call.world.apis.get(segment);
  if (api !== undefined) {
    const unbound = unboundCall(call, api, tail);
    if (unbound !== undefined) return unbound;
  }
  if (segment === messages.complete && tail === '') {
    return refused('other', errors.invalidOperation(`${segment} is raised by the platform only.`));
  }
  if (segment === messages.whoAmI && (tail === '' || tail === '()')) return answerWhoAmI(call);
  if (rest === '') return serviceDocument(call);
  if (rest === '$metadata') return metadataDocument(call);
  return (
    organizationFunction(call, segment, tail) ??
    performableOperations(call, segment, tail) ??
    smallTable(call, segment, tail) ??
    definitions(call, segment, tail) ??
    refused('other', errors.noSegment(segment))
  );
}
