import { parseJson } from './json.ts';
import { members, table, type Codes } from '../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from './answer.ts';
import { findMember, integerIn, type FoundValue } from './check/tolerant.ts';
import { show } from './expect.ts';
import { cameFrom } from './origin.ts';
import { Blocked, NotReached } from './verdict.ts';

/** The codes that a resource showed; any numbers, since a broken target may show others than the contract's. */
export interface ShownCodes {
  readonly state: number;
  readonly status: number;
}

/** What the status monitor showed at one moment. */
export interface MonitorReading extends ShownCodes {
  readonly answer: Answer;
  readonly body: JsonObject;
  readonly errorCode: unknown;
  readonly errorMessage: unknown;
  /** Every member that is no status field: the output parameters, where the target is right. */
  readonly outputs: JsonObject;
}

const statusMembers: ReadonlySet<string> = new Set<string>(Object.values(members));

/** Reads a monitor answer, also one of a wrong form, which it notes. Blocks the check where nothing can be read. */
export function readMonitor(answer: Answer): MonitorReading {
  const body = readMonitorBody(answer);
  const codes = readCodes(body, members);
  if (codes === undefined) throw new Blocked('monitor.codes', answer.describe(), true);
  if (codes.odd !== undefined) answer.note('monitor.codes', codes.odd);
  return {
    state: codes.state,
    status: codes.status,
    answer,
    body,
    errorCode: body[members.errorCode],
    errorMessage: body[members.errorMessage],
    outputs: cameFrom(outputsIn(body), answer.exchange),
  };
}

/** The members of a monitor that are no status fields. */
export function outputsIn(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !statusMembers.has(name) && !name.includes('@')),
  );
}

/**
 * The body of a monitor, whatever its members are. One that comes with a wrong status or in a list is
 * noted and read all the same; where there is none the check is blocked.
 */
export function readMonitorBody(answer: Answer): JsonObject {
  const { status } = answer;
  const body = monitorBodyIn(answer);
  // Only whoever knows its operation can tell whether it was there before.
  if (status === 404)
    throw new NotReached(
      answer.missing ?? 'submit.monitor-exists',
      answer.describe(),
      answer.missing !== undefined,
    );
  if (body === undefined)
    throw new Blocked(status === 200 ? 'monitor.json' : 'monitor.ok', answer.describe(), true);
  if (status !== 200 && readCodes(body, members) === undefined)
    throw new Blocked('monitor.ok', answer.describe(), true);
  if (status !== 200) answer.note('monitor.ok', `expected the monitor to answer 200, got ${status}`);
  if (answer.object() === undefined)
    answer.note('monitor.json', `expected a JSON object, got ${show(answer.json())}`);
  return body;
}

/** The codes that a monitor's answer shows in whatever form; undefined where it shows none. Notes nothing. */
export function monitorCodesIn(answer: Answer): ShownCodes | undefined {
  const body = monitorBodyIn(answer);
  return body === undefined || answer.status === 404 ? undefined : readCodes(body, members);
}

/** The object in an answer, also where it is the only one of a list. */
function monitorBodyIn(answer: Answer): JsonObject | undefined {
  const value = answer.json();
  if (isObject(value)) return value;
  const [only, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
  return isObject(only) && others.length === 0 ? only : undefined;
}

/** What the row showed at one moment. */
export interface RowReading extends ShownCodes {
  readonly answer: Answer;
  readonly row: JsonObject;
}

/** Reads the answer to a GET of the row, also one whose codes are of a wrong type, which it notes. */
export function readRow(answer: Answer): RowReading {
  const row = answer.object();
  if (answer.status !== 200 || row === undefined) throw new Blocked('table.retrieve', answer.describe());
  const codes = readCodes(row, table);
  if (codes === undefined) throw new Blocked('table.select', answer.describe());
  if (codes.odd !== undefined) answer.note('table.column-types', codes.odd);
  return { state: codes.state, status: codes.status, answer, row };
}

/** Codes, with what is wrong about their form; `odd` absent where nothing is. */
export interface FoundCodes extends ShownCodes {
  readonly odd?: string;
}

/** The codes in an object, found by their names or by what is meant for them; undefined where one is not there. */
export function readCodes(
  body: JsonObject,
  names: { readonly state: string; readonly status: string },
): FoundCodes | undefined {
  const [state, status] = [readCode(body, names.state), readCode(body, names.status)];
  if (state === undefined || status === undefined) return undefined;
  const odd = state.odd ?? status.odd;
  return { state: state.value, status: status.value, ...(odd === undefined ? {} : { odd }) };
}

function readCode(body: JsonObject, name: string): FoundValue<number> | undefined {
  const member = findMember(body, name);
  const code = member === undefined ? undefined : integerIn(member.value, name);
  const odd = member?.odd ?? code?.odd;
  return code === undefined ? undefined : { value: code.value, ...(odd === undefined ? {} : { odd }) };
}

/** The codes of an object in whatever form; undefined where one is not there. */
export function codesOf(body: JsonObject, state: string, status: string): ShownCodes | undefined {
  const found = readCodes(body, { state, status });
  return found === undefined ? undefined : { state: found.state, status: found.status };
}

/** Whether codes say that the operation is at rest: state 3. */
export function isTerminal(codes: ShownCodes): boolean {
  return codes.state === 3;
}

/** Whether two pairs of codes are the same. */
export function sameCodes(one: ShownCodes, other: ShownCodes | Codes): boolean {
  return one.state === other.state && one.status === other.status;
}

/**
 * Reads the Key/Value form of `inputparameters` and `outputparameters`: a JSON string with an array of
 * `{Key, Value}`. Undefined where it is none.
 */
export function readKeyValues(column: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof column !== 'string') return undefined;
  const list = parseJson(column);
  if (!Array.isArray(list)) return undefined;
  const result = new Map<string, unknown>();
  for (const pair of list as unknown[]) {
    if (!isObject(pair) || typeof pair['Key'] !== 'string' || !('Value' in pair)) return undefined;
    result.set(pair['Key'], pair['Value']);
  }
  return result;
}
