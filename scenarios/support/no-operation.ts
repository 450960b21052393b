import { headers, table } from '../../contract/vocabulary.ts';
import type { TargetClock } from '../../harness/clock.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Called } from '../../harness/probe-calls.ts';
import type { Operation } from '../../harness/operation.ts';
import { until, untilConsistent } from '../../harness/drive.ts';
import { Blocked, Broken, expect, fail, succeed } from '../../harness/test.ts';
import { untilAttempts } from './passing.ts';
import { findRows, rowsHolding } from './rows.ts';

const hour = 3_600_000;

const whileMs = 2_000;

/**
 * Lets so much time pass that whatever was started against the contract would have shown itself: it
 * starts at the first millisecond of a virtual clock. On a real one it starts as soon as the target
 * likes: given `submit`, when an operation that is submitted now has started, and a while later.
 */
export async function letItShow({
  clock,
  submit,
}: Pick<CheckTools, 'clock'> & Partial<Pick<CheckTools, 'submit'>>): Promise<void> {
  if (clock.virtual) return void (await clock.advance(hour));
  const later = await submit?.();
  if (later?.parts.play !== undefined) await later.started();
  await clock.pause(whileMs);
}

/** As {@link letItShow} for a retry: on a real clock, when another operation has been retried, and a while later. */
export async function letARetryShow({
  clock,
  submit,
  target,
}: Pick<CheckTools, 'clock' | 'submit' | 'target'>): Promise<void> {
  if (clock.virtual) return letItShow({ clock });
  await untilAttempts(target, await submit({ attempts: [fail(), succeed()] }), 2);
  await clock.pause(whileMs);
}

/** Blocks the check where an operation that seemed to be at rest is executed again. */
export async function requireRest(operation: Operation, clock: TargetClock): Promise<void> {
  const executions = operation.parts.play?.attempts.length;
  await letItShow({ clock });
  if (operation.parts.play?.attempts.length !== executions)
    throw new Blocked('retry.not-terminal-between', 'an operation that showed its end was executed again');
}

/**
 * Demands that a call of the probe started no operation: no id, no further execution however much
 * time passes, and no row.
 *
 * @param what the call in words, e.g. "the refused call"
 * @param executions how often the probe may have been called: 1 for a synchronous call, 0 for a refused one
 * @param since a moment of the target's clock before the call
 */
export async function expectNoOperation(
  { client, clock, target, submit }: Pick<CheckTools, 'client' | 'clock' | 'target' | 'submit'>,
  called: Called,
  what: string,
  executions: 0 | 1,
  since: number,
): Promise<void> {
  expect(
    called.answer.header(headers.operationId),
    `the id in the answer to ${what}`,
    called.answer.at(headers.operationId),
  ).toBeAbsent();
  await letItShow({ clock, submit });
  if (called.play === undefined) return;
  expect(called.play.attempts, 'length', `the executions after ${what}`).toBe(executions);
  if (!target.offers.table) return;
  const { pathname } = new URL(String(called.body['ControlUrl']));
  const mark = pathname.slice(pathname.lastIndexOf('/') + 1);
  let rows: readonly unknown[] = [];
  const look = async (): Promise<boolean> => {
    rows = await rowsHolding({ client, clock }, mark, since);
    return rows.length > 0;
  };
  // In virtual time an hour has gone by; on a real clock a row may still be on its way.
  await (clock.virtual ? look() : until(clock, target.config.polling, untilConsistent, look));
  expect(rows.length, `the number of rows for ${what}`).toBe(0);
}

/** Blocks a check about what starts no operation where a plain synchronous call starts one, too. */
export async function requireNoOperation({
  call,
  ...tools
}: Pick<CheckTools, 'call' | 'client' | 'clock' | 'submit' | 'target'>): Promise<void> {
  const since = await tools.clock.now();
  const called = await call({ prefer: null });
  try {
    await expectNoOperation(tools, called, 'a synchronous call', 1, since);
  } catch (error) {
    if (error instanceof Broken) throw new Blocked('submit.synchronous-without-preference', error.message);
    throw error;
  }
}

/** The ids of the operations of that name; none where there is no table. */
async function idsNamed(
  { client, target }: Pick<CheckTools, 'client' | 'target'>,
  name: string,
): Promise<unknown[]> {
  if (!target.offers.table) return [];
  const rows = await findRows(client, `name eq '${name}'`, [table.key, 'name']);
  // A target that ignores the filter gives other rows too; these are not meant.
  return rows.filter((row) => row['name'] === name).map((row) => row[table.key]);
}

/** Demands that a request adds no operation of that name to the table, which may hold some of earlier days. */
export async function expectNoRowNamed(
  { client, clock, target }: Pick<CheckTools, 'client' | 'clock' | 'target'>,
  name: string,
  send: () => Promise<void>,
): Promise<void> {
  const before = await idsNamed({ client, target }, name);
  await send();
  await letItShow({ clock });
  const added = (await idsNamed({ client, target }, name)).filter((id) => !before.includes(id));
  expect(added.length, `the number of operations named ${name}`).toBe(0);
}
