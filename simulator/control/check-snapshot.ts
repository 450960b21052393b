import { pairs } from '../../contract/vocabulary.ts';
import { parameterTypes } from '../core/operation.ts';
import { registrationSets } from '../registration/registered.ts';
import { isJsonObject } from '../plain.ts';
import { checks, type MemberCheck } from './check.ts';
import { ControlError } from './control-error.ts';
import type { Snapshot } from './snapshot.ts';

const guid: MemberCheck = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? undefined
    : 'a GUID in lower case';
const whole = checks.whole(0, Number.MAX_SAFE_INTEGER);
const instant = checks.whole(-8.64e15, 8.64e15);
const code = checks.whole(-(2 ** 31), 2 ** 31 - 1);
const optional =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    value === undefined ? undefined : check(value);
const orNull =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    value === null ? undefined : check(value);
const listOf =
  (each: MemberCheck): MemberCheck =>
  (value) =>
    Array.isArray(value) ? value.map(each).find((problem) => problem !== undefined) : 'a list';
/** An object with these members; others are let through. */
const objectOf =
  (members: Readonly<Record<string, MemberCheck>>): MemberCheck =>
  (value) => {
    if (!isJsonObject(value)) return 'an object';
    for (const [name, check] of Object.entries(members)) {
      const expected = check(value[name]);
      if (expected !== undefined) return `an object whose "${name}" is ${expected}`;
    }
    return undefined;
  };

const values = listOf(
  objectOf({
    Key: checks.text,
    Value: orNull((value) => (value === undefined ? 'there' : undefined)),
    type: checks.oneOf(...parameterTypes),
  }),
);

const operation: MemberCheck = (value) => {
  const problem = objectOf({
    id: guid,
    sequence: whole,
    name: checks.text,
    displayName: checks.text,
    inputs: values,
    outputs: optional(values),
    errorCode: optional(code),
    errorMessage: optional(checks.text),
    retryCount: whole,
    attempts: whole,
    executing: checks.flag,
    canceled: checks.flag,
    priority: code,
    runAs: guid,
    onBehalfBy: optional(guid),
    modifiedBy: guid,
    createdOn: instant,
    modifiedOn: instant,
    startTime: optional(instant),
    endTime: optional(instant),
    ttlSeconds: whole,
    version: whole,
    partitionId: orNull(checks.text),
    origin: (text) => (typeof text === 'string' && URL.canParse(text) ? undefined : 'an origin'),
    callbackUrl: optional(checks.text),
    depth: optional(whole),
  })(value);
  if (problem !== undefined) return problem;
  const { state, status } = value as Record<string, unknown>;
  return Object.values(pairs).some((each) => each.state === state && each.status === status)
    ? undefined
    : 'an object whose "state" and "status" are a pair of the documentation';
};

const delivery = objectOf({
  number: whole,
  kind: checks.oneOf('callback', 'webhooks', 'webhook', 'registrations', 'registration'),
  moment: checks.oneOf('accepted', 'started', 'attempt-failed', 'completed'),
  operation,
  happenedOn: instant,
  delivery: whole,
  at: instant,
  step: optional(guid),
  job: optional(guid),
  done: optional(listOf(guid)),
});
const row = { id: guid, createdOn: instant };
const nullableText = orNull(checks.text);

const members: Readonly<Record<string, MemberCheck>> = {
  snapshot: (value) => (value === 1 ? undefined : '1: this version reads no others'),
  clock: checks.oneOf('virtual', 'real'),
  at: (value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? undefined : 'a time'),
  sequence: whole,
  random: optional(whole),
  operations: listOf(objectOf({ operation, turn: optional(instant) })),
  deliveries: listOf(delivery),
  registrations: objectOf(
    Object.fromEntries(
      registrationSets.map((set) => [set, optional(listOf(objectOf({ ...row, values: checks.object })))]),
    ),
  ),
  endpoints: listOf(
    objectOf({
      ...row,
      name: checks.text,
      contract: whole,
      url: nullableText,
      authType: orNull(whole),
      authValue: nullableText,
    }),
  ),
  steps: listOf(
    objectOf({
      ...row,
      name: checks.text,
      messageId: guid,
      endpointId: guid,
      mode: whole,
      stage: whole,
      rank: whole,
      autoDelete: checks.flag,
      enabled: checks.flag,
    }),
  ),
  callbackRegistrations: optional(
    listOf(
      objectOf({
        ...row,
        values: checks.object,
        ownerId: guid,
        businessUnitId: guid,
        createdBy: guid,
        createdOnBehalfBy: orNull(guid),
        modifiedBy: guid,
        modifiedOnBehalfBy: orNull(guid),
        modifiedOn: instant,
        rowVersion: whole,
      }),
    ),
  ),
  jobs: listOf(
    objectOf({
      ...row,
      name: checks.text,
      messageName: checks.text,
      stepId: guid,
      ofRegistration: optional(checks.flag),
      correlationId: guid,
      status: whole,
      message: nullableText,
      completedOn: instant,
    }),
  ),
  faults: listOf(objectOf({ id: checks.text, rule: checks.object, skip: whole, left: whole, met: whole })),
  journal: objectOf({ recording: checks.flag, entries: whole }),
};

/**
 * Reads a snapshot that a caller gave.
 *
 * @throws ControlError that names the first wrong member
 */
export function checkSnapshot(value: unknown): Snapshot {
  if (!isJsonObject(value))
    throw new ControlError('A snapshot has to be an object, as /simulator/snapshots gave it.');
  for (const [name, check] of Object.entries(members)) {
    const expected = check(value[name]);
    if (expected !== undefined) throw new ControlError(`"${name}" of a snapshot has to be ${expected}.`);
  }
  // Looked at member by member above.
  return value as unknown as Snapshot;
}
