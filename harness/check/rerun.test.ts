import { describe, expect, it } from 'vitest';
import { Check, type CheckRecord } from '../check.ts';
import { SuiteSession } from '../suite-session.ts';
import type { CheckBody } from '../collect.ts';
import { parseConfig } from '../config.ts';
import { replayToken } from '../replay.ts';
import { openTarget } from '../target.ts';
import { Broken, Undecided } from '../verdict.ts';
import { combined, confirmed } from './rerun.ts';
import { thrownIn } from './run-body.ts';

const config = parseConfig({ target: { kind: 'simulator' } });

/** Runs a body as the runners do, and counts its runs. */
async function run(
  body: (time: number) => void,
  tookMs = 1,
  clauses: readonly string[] = [],
): Promise<{ record: CheckRecord; runs: number }> {
  const world = new SuiteSession(await openTarget(config), 'rerun');
  let runs = 0;
  const counted: CheckBody = () => {
    runs += 1;
    body(runs);
    return Promise.resolve();
  };
  try {
    const once = async (): Promise<CheckRecord> => {
      const check = new Check(world);
      return check.record(await thrownIn(counted, check, 10_000));
    };
    const record = await confirmed(await once(), { world, clauses, tookMs, again: once });
    return { record, runs };
  } finally {
    await world.close();
  }
}

function broken(): never {
  throw new Broken('the status', '204', '200');
}

describe('a check that failed', () => {
  it('is failed when it fails again, and says so', async () => {
    const { record, runs } = await run(broken);
    expect(runs).toBe(2);
    expect(record.outcome).toBe('failed');
    expect(record.reason).toBe('the status: expected 204, got 200 (seen twice)');
  });

  it('decides nothing when it passes then, and keeps both records', async () => {
    const { record } = await run((time) => {
      if (time === 1) broken();
    });
    expect(record.outcome).toBe('inconclusive');
    expect(record.reason).toBe('seen once, not again: the status: expected 204, got 200');
    const kinds = record.evidence.map((one) => one.kind);
    expect(kinds.filter((kind) => kind === 'remark')).toHaveLength(2);
    expect(kinds).toContain('mismatch');
  });

  it('is run up to three times more where it searches by chance', async () => {
    const thrice = await run(
      (time) => {
        if (time === 1 || time === 4) broken();
      },
      1,
      ['cancel.race'],
    );
    expect(thrice.runs).toBe(4);
    expect(thrice.record.outcome).toBe('failed');
    const soon = await run(
      (time) => {
        if (time !== 2) broken();
      },
      1,
      ['cancel.race'],
    );
    expect(soon.runs).toBe(3);
    const never = await run(
      (time) => {
        if (time === 1) broken();
      },
      1,
      ['cancel.race'],
    );
    expect(never.runs).toBe(4);
    expect(never.record.outcome).toBe('inconclusive');
  });

  it('is not failed by a later run that could not decide where another passed', async () => {
    const { record, runs } = await run(
      (time) => {
        if (time === 1) broken();
        if (time === 3) throw new Undecided('no row');
      },
      1,
      ['cancel.race'],
    );
    expect(runs).toBe(3);
    expect(record.outcome).toBe('inconclusive');
    expect(record.reason).toBe('seen once, not again: the status: expected 204, got 200');
  });

  it('stands on a virtual clock when the second run cannot decide: the first may have left the target full', async () => {
    const { record } = await run((time) => {
      if (time === 1) broken();
      throw new Undecided('nothing came');
    });
    expect(record.outcome).toBe('failed');
    expect(record.evidence.at(-1)).toMatchObject({ text: expect.stringContaining('nothing came') as string });
  });

  it('decides nothing when something outside the target kept the second run from deciding', async () => {
    const { record } = await run((time) => {
      if (time === 1) broken();
      throw new Undecided('a gateway answered', [], 'gateway');
    });
    expect(record.outcome).toBe('inconclusive');
  });

  it('decides nothing on a real clock when the second run cannot decide', () => {
    const first: CheckRecord = { outcome: 'failed', reason: 'too short', evidence: [] };
    const second: CheckRecord = { outcome: 'inconclusive', reason: 'nothing came', evidence: [] };
    const { outcome, reason } = combined(first, second);
    expect(outcome).toBe('inconclusive');
    expect(reason).toMatch(/^seen once; when it was run again it could not decide: nothing came:/);
  });

  it('stands as it is where a second run would take too long', async () => {
    const { record, runs } = await run(broken, 100_000);
    expect(runs).toBe(1);
    expect(record.outcome).toBe('failed');
    expect(record.evidence.at(-1)).toMatchObject({
      text: expect.stringMatching(/not run again: that takes 100 s/),
    });
  });
});

it('a check that passed or could not decide is run once', async () => {
  expect((await run(() => undefined)).runs).toBe(1);
  expect(
    (
      await run(() => {
        throw new Undecided('nothing came');
      })
    ).runs,
  ).toBe(1);
});

it('a property repeats the case that it found', async () => {
  const world = new SuiteSession(await openTarget(config), 'rerun');
  const token = replayToken({ law: 'a law', seed: 3, path: '0:1' });
  const first: CheckRecord = {
    outcome: 'failed',
    reason: 'broken',
    evidence: [{ kind: 'counterexample', seed: 3, path: '0:1', runs: 1, shrinks: 1, script: [], token }],
  };
  let asked: unknown;
  await confirmed(first, {
    world,
    clauses: [],
    tookMs: 1,
    again: (replay) => {
      asked = replay;
      return Promise.resolve(first);
    },
  });
  await world.close();
  expect(asked).toEqual({ law: 'a law', seed: 3, path: '0:1' });
});

it('is not run again for a breach of a clause whose own check has failed twice', async () => {
  const world = new SuiteSession(await openTarget(config), 'rerun');
  const failed: CheckRecord = { outcome: 'failed', reason: 'broken', evidence: [] };
  const finding = { clause: 'retry.count', reason: 'it is 3', again: false, certain: false, evidence: [] };
  const meeting: CheckRecord = { outcome: 'passed', findings: [finding], evidence: [] };
  const runsOf = async (record: CheckRecord, clauses: readonly string[]): Promise<CheckRecord[]> => {
    const runs: CheckRecord[] = [];
    const again = (): Promise<CheckRecord> => {
      runs.push(record);
      return Promise.resolve(record);
    };
    runs.push(await confirmed(record, { world, clauses, tookMs: 1, again }));
    return runs;
  };
  expect(await runsOf(failed, ['retry.count'])).toHaveLength(2);
  const [only, ...others] = await runsOf(meeting, ['monitor.agrees-with-row']);
  await world.close();
  expect(others).toEqual([]);
  expect(only?.findings).toEqual([{ ...finding, again: true }]);
});
