import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { counting, noFootprint } from './counting.ts';
import { planOf } from './plan.ts';
import type { Rehearsed } from './rehearse.ts';
import { planLines } from './text.ts';

const config = parseConfig({
  target: { kind: 'url', url: 'https://contoso.example', name: 'contoso' },
  properties: { seed: 1 },
  budget: { requests: 10 },
});

function rehearsed(clause: string, more: Partial<Rehearsed> = {}): Rehearsed {
  const footprint = { ...noFootprint, requests: 8, operations: 2, callbacks: 1 };
  return {
    clause,
    title: `a check of ${clause}`,
    file: 'scenarios/x.spec.ts',
    footprint,
    durationMs: 100,
    passedMs: 0,
    ...more,
  };
}

const checks = [
  rehearsed('submit.accepted'),
  rehearsed('callback.post'),
  rehearsed('callback.post', { notTested: 'needs more', footprint: noFootprint }),
  rehearsed('ttl.default', { notTested: 'needs more', footprint: noFootprint }),
];
const selected = ['submit.accepted', 'callback.post', 'ttl.default', 'sdk.outputs'];

describe('the plan of a run', () => {
  const plan = planOf(config, checks, ['some'], selected);

  it('says of each wanted clause whether it can be tested, and why not', () => {
    expect(plan.clauses.map(({ id, tested, reasons }) => [id, tested, reasons])).toEqual([
      ['submit.accepted', 'yes', []],
      ['callback.post', 'partly', ['needs more']],
      ['ttl.default', 'no', ['needs more']],
      ['sdk.outputs', 'no', [expect.stringContaining('organization service')]],
    ]);
  });

  it('adds up what the checks do', () => {
    expect(plan.does).toEqual({ ...noFootprint, requests: 16, operations: 4, callbacks: 2 });
  });

  it('tells both in lines, with a budget that is too small', () => {
    const text = planLines(plan).join('\n');
    expect(text).toContain('decide 2 clauses of 4 by 2 checks');
    expect(text).toMatch(/callback\.post +MUST +1 of 2 checks, 2 operations/);
    expect(text).toContain(
      '2 clauses were not tested: needs more (1 of them only in part).\n    callback.post, ttl.default',
    );
    expect(text).toContain('4 operations, 2 of them with a callback; their rows stay');
    expect(text).not.toContain('synchronous');
    expect(text).toContain('budget.requests allows 10 requests only');
    expect(text).not.toContain('move the clock');
  });
});

describe('counting', () => {
  it('tells operations, callbacks, synchronous executions and registrations apart', async () => {
    const answers = [
      [202, []],
      [202, [['preference-applied', 'respond-async, odata.callback']]],
      [204, []],
      [204, []],
      [200, []],
      [400, []],
    ] as const;
    let at = 0;
    const transport = counting(
      {
        send: () => {
          const [status, headers] = answers[at++] ?? [500, []];
          return Promise.resolve({ status, headers, body: '' });
        },
        close: () => Promise.resolve(),
      },
      ['bgop_Probe'],
    );
    const names = [
      'bgop_Probe',
      'bgop_Probe',
      'serviceendpoints',
      'sdkmessageprocessingsteps',
      'bgop_Probe',
      'bgop_Probe',
    ];
    for (const name of names) {
      await transport.send({ method: 'POST', url: `http://x.test/api/data/v9.2/${name}`, headers: [] });
    }
    expect(transport.taken()).toEqual({
      requests: 6,
      operations: 2,
      callbacks: 1,
      synchronous: 1,
      webhooks: 1,
      steps: 1,
      registrations: 0,
    });
    expect(transport.taken()).toEqual(noFootprint);
  });
});
