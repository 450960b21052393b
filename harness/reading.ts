import { parseJson } from './json.ts';
import { members, table, type Codes } from '../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from './answer.ts';
import { Blocked } from './verdict.ts';

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

/** Reads a monitor answer. A check that builds on it is blocked where the answer is no monitor. */
export function readMonitor(answer: Answer): MonitorReading {
  if (answer.status !== 200) throw new Blocked('monitor.ok', answer.describe());
  const body = answer.object();
  if (body === undefined) throw new Blocked('monitor.json', answer.describe());
  const codes = codesOf(body, members.state, members.status);
  if (codes === undefined) throw new Blocked('monitor.codes', answer.describe());
  const outputs = Object.fromEntries(
    Object.entries(body).filter(([name]) => !statusMembers.has(name) && !name.includes('@')),
  );
  return {
    ...codes,
    answer,
    body,
    errorCode: body[members.errorCode],
    errorMessage: body[members.errorMessage],
    outputs,
  };
}

/** What the row showed at one moment. */
export interface RowReading extends ShownCodes {
  readonly answer: Answer;
  readonly row: JsonObject;
}

/** Reads the answer to a GET of the row. */
export function readRow(answer: Answer): RowReading {
  const row = answer.object();
  if (answer.status !== 200 || row === undefined) throw new Blocked('table.retrieve', answer.describe());
  const codes = codesOf(row, table.state, table.status);
  if (codes === undefined) throw new Blocked('table.select', answer.describe());
  return { ...codes, answer, row };
}

/** The codes of an object, where both are integers. */
export function codesOf(body: JsonObject, state: string, status: string): ShownCodes | undefined {
  const [stateCode, statusCode] = [body[state], body[status]];
  if (!Number.isInteger(stateCode) || !Number.isInteger(statusCode)) return undefined;
  return { state: stateCode as number, status: statusCode as number };
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
