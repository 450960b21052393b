import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentRunPlan, currentSuiteRun, runPlanVariable, writeRunPlan, type RunPlan } from './run-plan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bgop run plan '));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const verify: RunPlan = {
  kind: 'verify',
  config: { target: { kind: 'simulator' }, slow: false },
  meta: {
    id: 'build-7',
    seed: 3,
    clock: 'real',
    offers: ['probe', 'event-step'],
    selected: [],
    knownDeviations: { 'a.b': { reason: 'agreed', pattern: '^x' }, 'a.c': { reason: 'agreed' } },
    proven: { 'a.b': ['one'] },
    strictness: { require: ['profile:core'] },
  },
  report: '/report',
  scratch: '/scratch',
  replay: { law: 'every state', seed: -5, path: '1:2' },
  shard: { number: 1, of: 3 },
};
const merge: RunPlan = {
  kind: 'merge',
  report: '/report',
  strictness: { strict: true, require: [] },
  killed: ['/one'],
  partial: { given: '1+3/3', missing: '2 of 3' },
};
const alone: RunPlan = { kind: 'playwright', config: {}, meta: {} };

function planIn(text: string): () => unknown {
  const file = path.join(folder, 'given.json');
  writeFileSync(file, text);
  return () => currentRunPlan({ [runPlanVariable]: file });
}

describe('the plan of a run', () => {
  it.each([verify, merge, alone])('comes as it was written to a process of the run: $kind', (plan) => {
    expect(currentRunPlan(writeRunPlan(folder, plan))).toEqual(plan);
  });

  it('is read once a process', () => {
    const environment = writeRunPlan(folder, verify);
    const first = currentRunPlan(environment);
    rmSync(environment[runPlanVariable]);
    expect(currentRunPlan(environment)).toBe(first);
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone, and replaces nothing', () => {
    const { [runPlanVariable]: file } = writeRunPlan(folder, verify);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    expect(() => writeRunPlan(folder, merge)).toThrow('EEXIST');
  });

  it('is absent outside of a run, and is not that of checks where shards are joined', () => {
    expect(currentRunPlan({})).toBeUndefined();
    expect(currentRunPlan({ [runPlanVariable]: '' })).toBeUndefined();
    expect(currentSuiteRun(writeRunPlan(folder, merge))).toBeUndefined();
  });

  it('is refused with what is wrong with it', () => {
    expect(planIn(JSON.stringify({ ...verify, report: 7 }))).toThrow(/given\.json.*report: .*string/);
    expect(planIn(JSON.stringify({ ...merge, meta: {} }))).toThrow('meta');
    expect(planIn(JSON.stringify({ ...alone, meta: { offers: ['magic'] } }))).toThrow('meta.offers.0: ');
    expect(planIn('{"kind":"other"}')).toThrow('kind: ');
    expect(planIn('secret-of-a-file')).toThrow(/it is not JSON\. "bgop verify" sets it/);
    expect(planIn('secret-of-a-file')).not.toThrow('secret-of-a-file');
    expect(() => currentRunPlan({ [runPlanVariable]: path.join(folder, 'absent') })).toThrow('ENOENT');
  });
});
