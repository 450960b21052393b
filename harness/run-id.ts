import { randomBytes } from 'node:crypto';

/**
 * How a run marks what it makes in a target, so that it can be found again when the run was killed:
 * the names of registrations and the paths of the listener carry the id of the run and the number of
 * the worker. The paths stand in the inputs of every operation that the probe executes.
 */

const shape = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?$/;
const namePrefix = 'bgop conformance ';

/** An id for a new run: eight hexadecimal digits. */
export function newRunId(): string {
  return randomBytes(4).toString('hex');
}

/** Whether a text can be the id of a run: 1 to 40 letters, digits and inner hyphens. */
export function isRunId(text: string): boolean {
  return shape.test(text);
}

/** What one worker of a run marks its things with. */
export function workerMark(runId: string, worker: number): string {
  return `${runId}-${worker}`;
}

/** The name of a registration that carries this mark. */
export function registrationName(mark: string): string {
  return `${namePrefix}${mark}`;
}

/** What the names of all registrations of the suite begin with. */
export const registrationPrefix = namePrefix;

/** The run that registered a row of this name, behind whose mark more may stand; undefined where it was not the suite. */
export function runOfName(name: string): string | undefined {
  const [mark = ''] = name.slice(namePrefix.length).split(' ', 1);
  return name.startsWith(namePrefix) ? runOfMark(mark) : undefined;
}

/** The run whose listener a text names the address of; undefined where it names none. */
export function runOfAddress(text: string): string | undefined {
  const mark = /\/bgop\/([A-Za-z0-9-]{1,60})\/[0-9a-f]{32}/.exec(text)?.[1];
  return mark === undefined ? undefined : runOfMark(mark);
}

function runOfMark(mark: string): string | undefined {
  const id = /^(.+)-\d+$/.exec(mark)?.[1];
  return id !== undefined && isRunId(id) ? id : undefined;
}
