import { headers, members, messages, pairs, preferences as names, table } from '../contract/vocabulary.ts';
import { headerIn, objectIn, type TrafficExchange } from './exchange.ts';
import type { Happening, ShownCodes } from './happening.ts';
import { callbackAskedBy, preferencesOf } from './prefer.ts';
import { resourceOf, safelyDecoded } from './resource.ts';
import { isRecord } from './readers/values.ts';
import { soapCodes, soapOperationId, soapRequestOf } from './soap.ts';

/** What an exchange means for background operations; undefined where it has nothing to do with them. */
export function happeningOf(exchange: TrafficExchange): Happening | undefined {
  const resource = resourceOf(exchange.url);
  const method = meantMethod(exchange);
  // A browser asks by itself whether the page may: without credentials, and not by the client's doing.
  if (method === 'OPTIONS') return undefined;
  switch (resource.kind) {
    case 'monitor': {
      const { id } = resource;
      if (method === 'GET')
        return {
          kind: 'read',
          exchange,
          id,
          resource: 'monitor',
          way: 'web-api',
          shown: shownByMonitor(exchange),
        };
      if (method === 'DELETE') return { kind: 'cancellation', exchange, id, way: 'delete', codes: undefined };
      return { kind: 'other', exchange, id };
    }
    case 'row': {
      const { id } = resource;
      if (method === 'GET')
        return {
          kind: 'read',
          exchange,
          id,
          resource: 'row',
          way: 'web-api',
          shown:
            resource.property === undefined
              ? shownByRow(answerObject(exchange))
              : shownByProperty(exchange, resource.property),
        };
      if (resource.property !== undefined)
        return method === 'PUT'
          ? { kind: 'cancellation', exchange, id, way: 'patch', codes: codeSet(exchange, resource.property) }
          : { kind: 'other', exchange, id };
      if (method === 'PATCH')
        return { kind: 'cancellation', exchange, id, way: 'patch', codes: codesSet(exchange) };
      if (method === 'PUT' && codesSet(exchange) !== undefined)
        return { kind: 'cancellation', exchange, id, way: 'put', codes: codesSet(exchange) };
      if (method === 'DELETE')
        return { kind: 'cancellation', exchange, id, way: 'delete-row', codes: undefined };
      return { kind: 'other', exchange, id };
    }
    case 'rows':
      return method === 'GET' ? { kind: 'page', exchange } : { kind: 'other', exchange, id: undefined };
    case 'batch': {
      const { body = '' } = exchange.request;
      const asksAsync = /^prefer\s*:.*respond-async/im.test(body);
      // Only one that could not be taken apart comes here.
      return asksAsync ? { kind: 'batch', exchange, itself: false } : undefined;
    }
    case 'organization-service':
      return soapHappening(exchange);
    case 'web-api':
      return submissionTo(exchange, resource.name);
    case 'other':
      return delivery(exchange);
  }
}

/** The method that a request to monitor or row means: a POST may name another one in a field, for proxies of old. */
function meantMethod({ method, url, request }: TrafficExchange): string {
  if (method !== 'POST' || !['monitor', 'row'].includes(resourceOf(url).kind)) return method;
  const fields = ['x-http-method', 'x-http-method-override', 'x-method-override'];
  const meant = fields.map((name) => headerIn(request, name)).find((value) => value !== undefined);
  const upper = meant?.trim().toUpperCase() ?? method;
  return upper === 'MERGE' ? 'PATCH' : upper;
}

function submissionTo(exchange: TrafficExchange, name: string): Happening | undefined {
  const preferences = preferencesOf(exchange.request);
  const asks = preferences.some(
    ({ name: each, parameters }) => each === names.respondAsync || parameters.has(names.respondAsync),
  );
  const callback = callbackAskedBy(preferences);
  const id = acceptedId(exchange);
  if (!asks && callback === undefined && id === undefined) return undefined;
  return {
    kind: 'submission',
    exchange,
    way: 'web-api',
    message: messageIn(name),
    preferences,
    callbackUrl: callback?.url?.value ?? headerIn(exchange.request, headers.callbackUrl),
    id,
  };
}

/** The message that is called: a bound one stands behind the row that it is bound to. */
function messageIn(name: string): string | undefined {
  return /\/Microsoft\.Dynamics\.CRM\.(\w+)/.exec(safelyDecoded(name))?.[1] ?? /^[^(?/]+/.exec(name)?.[0];
}

/** The id in a 202: of its header, else of its Location or its body. */
function acceptedId({ answer }: TrafficExchange): string | undefined {
  if (answer === undefined || answer.status !== 202) return undefined;
  const location = resourceOf(headerIn(answer, headers.location) ?? '');
  const told = objectIn(answer.body)?.[members.id];
  return (
    headerIn(answer, headers.operationId)?.trim().toLowerCase() ??
    (location.kind === 'monitor' || location.kind === 'row' ? location.id : undefined) ??
    (typeof told === 'string' ? told.toLowerCase() : undefined)
  );
}

function soapHappening(exchange: TrafficExchange): Happening | undefined {
  const asked = soapRequestOf(exchange.request.body);
  if (asked === undefined) return undefined;
  if (asked.kind === 'execute')
    return {
      kind: 'submission',
      exchange,
      way: 'organization-service',
      message: asked.message,
      preferences: [],
      callbackUrl: asked.callbackUri,
      id: soapOperationId(exchange.answer?.body),
    };
  if (asked.kind === 'delete')
    return { kind: 'cancellation', exchange, id: asked.id, way: 'delete-row', codes: undefined };
  if (asked.kind === 'update')
    return { kind: 'cancellation', exchange, id: asked.id, way: 'update', codes: asked.codes };
  if (asked.id === undefined) return { kind: 'page', exchange };
  const codes = soapCodes(exchange.answer?.body);
  const shown = codes && { ...codes, error: undefined, outputs: undefined, retryCount: undefined };
  return { kind: 'read', exchange, id: asked.id, resource: 'row', way: 'organization-service', shown };
}

function delivery(exchange: TrafficExchange): Happening | undefined {
  if (exchange.method !== 'POST') return undefined;
  const body = objectIn(exchange.request.body);
  if (body === undefined) return undefined;
  const id = body[members.id];
  if (typeof id === 'string' && (members.state in body || members.location in body))
    return {
      kind: 'callback',
      exchange,
      id: id.toLowerCase(),
      shown: shownIn(body, members.state, members.status),
    };
  // A webhook is told of it in lists of key and value, a callback registration in plain objects.
  const name = body['MessageName'] ?? body['SdkMessage'] ?? headerIn(exchange.request, headers.requestName);
  if (name !== messages.complete) return undefined;
  const operation = valueOf(body['InputParameters'], 'BackgroundOperationId');
  if (typeof operation !== 'string') return undefined;
  const outputs = body['OutputParameters'];
  const state = valueOf(outputs, 'BackgroundOperationStateCode');
  const status = valueOf(outputs, 'BackgroundOperationStatusCode');
  const shown =
    typeof state === 'number' && typeof status === 'number'
      ? { state, status, error: undefined, outputs: undefined, retryCount: undefined }
      : undefined;
  return { kind: 'event', exchange, id: operation.toLowerCase(), shown };
}

function valueOf(parameters: unknown, key: string): unknown {
  if (!Array.isArray(parameters)) return isRecord(parameters) ? parameters[key] : undefined;
  return (parameters as { key?: unknown; value?: unknown }[]).find((one) => one?.key === key)?.value;
}

function answerObject({ answer }: TrafficExchange): Record<string, unknown> | undefined {
  return answer !== undefined && answer.status >= 200 && answer.status < 300
    ? objectIn(answer.body)
    : undefined;
}

const own: ReadonlySet<string> = new Set(Object.values(members));

function shownByMonitor(exchange: TrafficExchange): ShownCodes | undefined {
  const body = answerObject(exchange);
  const shown = shownIn(body, members.state, members.status);
  if (body === undefined || shown === undefined) return undefined;
  return { ...shown, outputs: Object.keys(body).some((name) => !own.has(name) && !name.includes('@')) };
}

/** The codes of a row, as an answer or a page shows it; what its `$select` left out is not told. */
export function shownByRow(body: Record<string, unknown> | undefined): ShownCodes | undefined {
  const shown = shownIn(body, table.state, table.status);
  if (body === undefined || shown === undefined) return undefined;
  const { errorcode, errormessage, outputparameters, retrycount } = body;
  return {
    ...shown,
    error:
      'errorcode' in body || 'errormessage' in body ? isThere(errorcode) || isThere(errormessage) : undefined,
    outputs: 'outputparameters' in body ? isThere(outputparameters) && outputparameters !== '[]' : undefined,
    retryCount: typeof retrycount === 'number' ? retrycount : undefined,
  };
}

/** What a code shows that is read by a path of its own, as JSON or as text: the pair that it belongs to. */
function shownByProperty({ answer }: TrafficExchange, property: string): ShownCodes | undefined {
  if (answer?.status !== 200) return undefined;
  const value = Number(objectIn(answer.body)?.['value'] ?? answer.body);
  const pair = Object.values(pairs).find(({ state, status }) =>
    property === table.status ? status === value : property === table.state && state === value,
  );
  return pair && { ...pair, error: undefined, outputs: undefined, retryCount: undefined };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function shownIn(
  body: Record<string, unknown> | undefined,
  stateName: string,
  statusName: string,
): ShownCodes | undefined {
  const [state, status] = [body?.[stateName], body?.[statusName]];
  if (body === undefined || typeof state !== 'number' || typeof status !== 'number') return undefined;
  const error = members.errorCode in body || members.errorMessage in body;
  return { state, status, error, outputs: undefined, retryCount: undefined };
}

/** The code that a PUT of a single column sets. */
function codeSet({ request }: TrafficExchange, property: string): ReturnType<typeof codesSet> {
  const value = objectIn(request.body)?.['value'];
  if (property === table.state) return { state: value, status: undefined };
  return property === table.status ? { state: undefined, status: value } : undefined;
}

function codesSet({ request }: TrafficExchange): { state: unknown; status: unknown } | undefined {
  const body = objectIn(request.body);
  // The usual names of these columns, which this table does not have, are meant for the same.
  const named: readonly string[] = [table.state, table.status, 'statecode', 'statuscode'];
  if (body === undefined || !Object.keys(body).some((name) => named.includes(name.toLowerCase())))
    return undefined;
  return { state: body[table.state], status: body[table.status] };
}
