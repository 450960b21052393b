import { headers, pairs, table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import { monitorIn } from '../harness/check/accepted.ts';
import { monitorPath, type Operation } from '../harness/operation.ts';
import { until } from '../harness/drive.ts';
import type { Called } from '../harness/probe-calls.ts';
import { readMonitor, sameCodes } from '../harness/reading.ts';
import { stopwatch } from '../harness/stopwatch.ts';
import {
  Blocked,
  Broken,
  clause,
  expect,
  Hold,
  NotReached,
  succeed,
  test,
  Undecided,
} from '../harness/test.ts';
import { driveToRest, monitorBody, readWithODataHeaders } from './support/moments.ts';
import { requireOutputs } from './support/outputs.ts';
import { outlasts, requireSwift } from './support/swift.ts';

/** Demands that the row can be read, within the time that an elastic table may take. */
async function expectRow(operation: Operation, when: string): Promise<void> {
  const answer = await operation.consistent(
    () => operation.getRow(),
    (one) => one.status !== 404,
  );
  const location = operation.accepted.header(headers.location)?.toLowerCase() ?? operation.id;
  if (answer.status === 404 && !location.includes(operation.id))
    throw new Blocked('submit.id-matches-location', operation.accepted.describe());
  if (answer.status !== 200 && answer.status !== 404) throw new Blocked('table.retrieve', answer.describe());
  expect(answer, 'status', `the status of GET of the row ${when}`).toBe(200);
  const key = answer.object()?.[table.key];
  if (typeof key === 'string') expect(key.toLowerCase(), 'the key of the row', answer).toBe(operation.id);
}

test(
  'the id MUST be a row of the table within 5 s',
  clause('submit.row-exists', { branch: 'while it executes' }),
  async ({ submit }) => {
    const hold = new Hold(10_000);
    const operation = await submit({ attempts: [hold] });
    try {
      await operation.started();
      await expectRow(operation, 'while it executes');
    } finally {
      hold.release(succeed());
    }
  },
);

test(
  'the id MUST still be a row of the table after completion',
  clause('submit.row-exists', { branch: 'after completion' }),
  async ({ submit, clock, target }) => {
    const operation = await submit();
    await driveToRest({ clock, target }, operation);
    await expectRow(operation, 'after completion');
  },
);

for (const { how, callback, details } of [
  { how: '', callback: false, details: clause('submit.monitor-exists') },
  {
    how: ' of an operation that is to call back',
    callback: true,
    details: clause('submit.monitor-exists', { branch: 'with a callback', needs: ['probe', 'callback'] }),
  },
])
  test(`GET of Location${how} MUST answer 200`, details, async ({ submit, client, clock }) => {
    const operation = await submit({ callback });
    const location = monitorIn(operation.accepted) ?? operation.accepted.header(headers.location);
    if (location === undefined) throw new Blocked('submit.location', operation.accepted.describe());
    const read = (): Promise<Answer> => client.send({ method: 'GET', path: location });
    let answer = await read();
    // A tenant's monitor reads the same eventually consistent table; between two reads a virtual clock stands.
    for (let turn = 0; turn < 5 && answer.status === 404 && !clock.virtual; turn += 1) {
      await clock.pause(1_000);
      answer = await read();
    }
    if (answer.status !== 200) {
      const elsewhere = await client.send({ method: 'GET', path: monitorPath(operation.id) });
      const dressed = await readWithODataHeaders(client, location);
      if (dressed.status === 200) throw new Blocked('monitor.needs-no-odata-headers', answer.describe());
      // Where the monitor is there and answers oddly, that is for monitor.ok to say.
      if (answer.status !== 404 && answer.status === elsewhere.status)
        throw new Blocked('monitor.ok', answer.describe());
    }
    expect(answer, 'status', 'the status of GET of Location').toBe(200);
  });

test(
  'GET of Location MUST answer 200, though another operation is being executed',
  clause('submit.monitor-exists', { branch: 'beside one that runs', needs: ['probe', 'clock'] }),
  async ({ submit }) => {
    const hold = new Hold(2_000);
    const running = await submit({ attempts: [hold] });
    try {
      await running.started();
      const answer = await (await submit()).getMonitor();
      if (answer.status !== 200 && answer.status !== 404) throw new Blocked('monitor.ok', answer.describe());
      expect(answer, 'status', 'the status of GET of Location while another runs').toBe(200);
    } finally {
      hold.release(succeed());
    }
  },
);

test(
  'the 202 MUST come although the custom API has not finished',
  clause('submit.does-not-wait'),
  async ({ call, operationOf, clock }) => {
    const hold = new Hold(1_000);
    const called = call({ attempts: [hold] });
    // A target may also wait for an execution that begins only when the clock moves.
    const waited = await outlasts(called, clock.virtual ? 3_000 : 10_000);
    if (waited && clock.virtual) await clock.advance(1);
    const result = await called;
    const [attempt] = result.play?.attempts ?? [];
    const finished = attempt?.calls.some(({ answer }) => answer?.outcome === 'succeed') ?? false;
    hold.release(succeed());
    // The harness ends an attempt that its own submission waits for: nobody else could.
    expect(result.answer, 'status', 'what came only after the custom API had finished').toSatisfy(
      !finished,
      'a 202 before that',
    );
    if (waited)
      throw new Undecided('the target took seconds to answer, though it executed nothing meanwhile');
    await operationOf(result).started();
  },
);

/** How long a submission is waited for while the attempt of another operation runs. */
const patientMs = 5_000;

test(
  'the 202 MUST come while the attempt of another operation runs',
  clause('submit.does-not-wait', { branch: 'while another runs' }),
  async ({ submit, call, operationOf, clock }) => {
    let pending: Promise<Called> | undefined;
    let waited = false;
    let ownMs = 0;
    let executions = 0;
    const another = await submit({
      during: {
        1: async () => {
          const elapsed = stopwatch();
          pending = call();
          pending.catch(() => undefined);
          waited = await outlasts(pending, patientMs);
          ownMs = elapsed();
          if (!waited) executions = (await pending).play?.attempts.length ?? 0;
        },
      },
    });
    await another.started();
    if (pending === undefined) throw new NotReached('submit.does-not-wait', 'no attempt ran meanwhile');
    const called = await pending;
    if (waited) await requireSwift(call, patientMs, ownMs);
    expect(called.answer, 'status', 'what came only after the attempt of another operation').toSatisfy(
      !waited,
      `a 202 within ${patientMs / 1_000} s`,
    );
    // While the probe is answered a virtual clock stands still, so that nothing else starts.
    if (clock.virtual) expect(executions, 'the executions before the 202').toBe(0);
    await operationOf(called).started();
  },
);

test(
  'the operation MUST complete although the client disconnects right after the 202',
  clause('submit.survives-disconnect'),
  async ({ submit, clock, target }) => {
    const operation = await submit({ disconnect: true });
    const last = await operation.settled().catch(async (error: unknown) => {
      if (!(error instanceof Blocked)) throw error;
      // Where one whose client stayed can be followed to its end, it is the client's leaving that counts.
      await (await submit()).settled();
      throw new Broken('the operation whose client has gone', 'one that goes on', error.message);
    });
    if (!sameCodes(last, pairs.succeeded)) {
      const control = await submit();
      const usual = readMonitor(await driveToRest({ clock, target }, control));
      if (sameCodes(last, usual)) throw new Blocked('state.succeeded', usual.answer.describe());
    }
    expect([last.state, last.status], 'the codes of the operation whose client has gone', last).toEqual([
      3, 30,
    ]);
    if (operation.parts.play !== undefined)
      expect(operation.attempts, 'length', 'the executions after the client has gone').toBe(1);
  },
);

/** So many of them are submitted while the attempt of another operation runs. */
const meanwhile = 10;

test(
  'all of 200 operations submitted at once SHOULD complete, each with its own outputs',
  clause('submit.burst'),
  async ({ submit, call, operationOf, clock, target }) => {
    const texts = Array.from({ length: 200 }, (_, index) => `burst ${index}`);
    const all = (some: readonly string[]): Promise<Called[]> =>
      Promise.all(some.map((text) => call({ attempts: [succeed({ Text: text })], payload: text })));
    const calls = await all(texts.slice(meanwhile));
    // The others are submitted while an attempt runs.
    let inside: readonly Called[] | undefined;
    const during = async (): Promise<void> => void (inside = await all(texts.slice(0, meanwhile)));
    try {
      await (await submit({ during: { 1: during } })).settled();
    } catch (error) {
      // Where no attempt runs beside a submission the others come after it.
      if (!(error instanceof NotReached)) throw error;
    }
    calls.unshift(...(inside ?? (await all(texts.slice(0, meanwhile)))));
    const limited = calls.filter(({ answer }) => answer.status === 429);
    if (limited.length > 0)
      throw new Undecided(`${limited.length} of 200 calls were answered 429: the service protection limit`);
    const operations = calls.map((called) => operationOf(called));
    if (clock.virtual) await clock.advance(1);
    const shown: unknown[] = [];
    // Time passes for all of them at once: who is late is read again, in one loop.
    const allShown = async (): Promise<boolean> => {
      const late = [...operations.keys()].filter((index) => shown[index] === undefined);
      const read = await Promise.all(late.map((index) => operations[index]?.getMonitor()));
      for (const [at, index] of late.entries()) {
        const answer = read[at];
        if (answer?.ok === true) shown[index] = monitorBody(answer)['Text'];
      }
      return operations.every((_, index) => shown[index] !== undefined);
    };
    const [first] = operations;
    if (first !== undefined) await until(clock, target.config.polling, first.parts.patience, allShown);
    if (!shown.some((text, index) => text === texts[index])) await requireOutputs({ submit, clock, target });
    const wrong = texts.filter((text, index) => shown[index] !== text);
    expect(wrong, 'the operations of 200 that did not complete with their own outputs').toEqual([]);
  },
);
