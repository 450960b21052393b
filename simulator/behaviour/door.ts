import { headers, paths, preferences as names } from '../../contract/vocabulary.ts';
import type { Choices } from '../choices.ts';
import type { Operation } from '../core/operation.ts';
import { newGuid } from '../core/guid.ts';
import { parsePrefer } from '../core/prefer.ts';
import type { Field, PlainAnswer, PlainRequest } from '../plain.ts';
import type { Situation, User } from '../situation.ts';

/** What the preferences of a request come to. */
export interface Preferences {
  readonly respondAsync: boolean;
  /** The URL of a requested callback. */
  readonly callbackUrl: string | undefined;
  /** Whether the connector's header alone asks for execution in the background. */
  readonly byHeader: boolean;
  /** Patterns of `odata.include-annotations`. */
  readonly annotations: string | undefined;
  readonly maxPageSize: number | undefined;
  readonly returnRepresentation: boolean;
}

/** What a user wants to do with background operations. */
type Action = 'submit' | 'read' | 'cancel';

/** Which resource answered. */
export type Resource =
  | 'clock'
  | 'submit'
  | 'synchronous'
  | 'monitor-get'
  | 'monitor-delete'
  | 'monitor-other'
  | 'row-get'
  | 'row-patch'
  | 'row-delete'
  | 'rows-get'
  | 'rows-post'
  | 'organization-service'
  | 'other';

/** What is known about an answer when it passes the `answer` hook. */
export interface Answered extends Situation {
  readonly resource: Resource;
  /** The operation that the request is about, as it is after the request; undefined if there is none. */
  readonly operation: Operation | undefined;
  /** The same before the request. */
  readonly before: Operation | undefined;
  readonly user: User | undefined;
}

/** Decisions at the door: reading requests, who may do what, and the 202. */
export interface DoorDecisions {
  /** Rewrites a request before anything reads it. */
  readonly request: (request: PlainRequest, situation: Situation) => PlainRequest;
  /** Rewrites an answer after its resource made it. */
  readonly answer: (answer: PlainAnswer, request: PlainRequest, about: Answered) => PlainAnswer;
  /** The user of a request; undefined if it has to authenticate. */
  readonly authenticate: (
    request: PlainRequest,
    users: readonly User[],
    situation: Situation,
  ) => User | undefined;
  /** Whether a user may; `operation` is undefined for `submit` and for reading the collection. */
  readonly permits: (
    user: User,
    action: Action,
    operation: Operation | undefined,
    situation: Situation,
  ) => boolean;
  readonly preferences: (request: PlainRequest, situation: Situation) => Preferences;
  /** The id of a new operation. */
  readonly newId: (situation: Situation) => string;
  /** The last word on the record of a new operation. */
  readonly accepted: (operation: Operation, situation: Situation) => Operation;
  /** When it may start: at least 1 ms after `situation.now`; undefined: never. */
  readonly startsAt: (operation: Operation, situation: Situation) => number | undefined;
  /** Whether its first attempt is executed while the client waits for its 202, whatever the clock says (the contract: no). */
  readonly runsInline: (operation: Operation, situation: Situation) => boolean;
  /** The monitor's URL. */
  readonly location: (operation: Operation, situation: Situation) => string;
  /** Headers of the 202. */
  readonly acceptedHeaders: (
    operation: Operation,
    location: string,
    situation: Situation,
  ) => readonly Field[];
  /** Body of the 202; undefined for none. */
  readonly acceptedBody: (operation: Operation, location: string, situation: Situation) => object | undefined;
}

/** What was read last from one field: a client sends the same one over and over. */
let latest: { readonly field: string; readonly choices: Choices; readonly read: Preferences } | undefined;

function preferencesOf(request: PlainRequest, { choices }: Situation): Preferences {
  const { prefer } = request;
  const [field] = prefer;
  const byHeader = request.headers[headers.callbackUrl] !== undefined;
  if (field === undefined && !byHeader) return noPreferences;
  if (field === undefined || prefer.length > 1 || byHeader) return readPreferences(request, choices);
  if (latest?.field !== field || latest.choices !== choices)
    latest = { field, choices, read: readPreferences(request, choices) };
  return latest.read;
}

/** Reads `Prefer` (and the connector's header) as RFC 7240 and OData have it. */
function readPreferences(request: PlainRequest, choices: Choices): Preferences {
  const list = parsePrefer(request.prefer);
  const plain = choices.plainCallback ? list.get(names.plainCallback) : undefined;
  const callback = list.get(names.callback) ?? plain;
  const connector = choices.connectorHeader ? request.headers[headers.callbackUrl] : undefined;
  const preferred = list.has(names.respondAsync);
  const byHeader = !preferred && Boolean(connector) && choices.headerAlone !== 'synchronous';
  const size = list.get(names.maxPageSize)?.value ?? '';
  return {
    respondAsync: preferred || byHeader,
    byHeader,
    callbackUrl: (callback?.parameters.get('url') ?? connector) || undefined,
    annotations: list.get(names.includeAnnotations)?.value,
    maxPageSize: /^[1-9]\d{0,8}$/.test(size) ? Number(size) : undefined,
    returnRepresentation: list.get('return')?.value === 'representation',
  };
}

const noPreferences: Preferences = {
  respondAsync: false,
  byHeader: false,
  callbackUrl: undefined,
  annotations: undefined,
  maxPageSize: undefined,
  returnRepresentation: false,
};

function withToken(users: readonly User[], token: string | undefined): User | undefined {
  return token === undefined ? undefined : users.find((user) => user.token === token);
}

const privateOnly: Field = ['Cache-Control', 'private'];
const allowed: Field = ['Allow', 'OPTIONS,GET,HEAD,POST'];

/** The door as the contract has it. */
export const door: DoorDecisions = {
  request: (request) => request,
  answer: (answer) => answer,
  authenticate: (request, users) => {
    const { authorization = '' } = request.headers;
    // As nearly all clients write it; else as the grammar allows.
    const usual = authorization.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined;
    return withToken(users, usual) ?? withToken(users, /^Bearer +(\S+) *$/i.exec(authorization)?.[1]);
  },
  permits: (user, action, operation, { choices }) => {
    if (!user.privileged) return false;
    if (operation === undefined || operation.runAs === user.id) return true;
    return choices.otherUser === 'cancel' || (choices.otherUser === 'read' && action === 'read');
  },
  preferences: preferencesOf,
  newId: newGuid,
  accepted: (operation) => operation,
  startsAt: (_operation, { now }) => now + 1,
  runsInline: () => false,
  location: ({ origin, id }, { choices: { monitorQuery } }) =>
    `${origin}${paths.monitor}${id}${monitorQuery}`,
  acceptedHeaders: (operation, location, { choices }) => {
    const applied = operation.callbackUrl === undefined ? names.respondAsync : choices.callbackApplied;
    const fields: Field[] = [
      privateOnly,
      allowed,
      [headers.location, location],
      [headers.operationId, operation.id],
      [headers.preferenceApplied, applied],
    ];
    if (choices.retryAfter !== undefined) fields.push(['Retry-After', String(choices.retryAfter)]);
    return fields;
  },
  acceptedBody: (operation, location, { choices }) =>
    operation.callbackUrl !== undefined || choices.acceptedBody
      ? { backgroundOperationId: operation.id, location }
      : undefined,
};
