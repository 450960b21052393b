import { expect, it } from 'vitest';
import type { Operation } from '../../harness/operation.ts';
import type { Target } from '../../harness/target.ts';
import { changesAfter, type Still } from './stable.ts';

const remote = { offers: { table: false }, config: { target: { kind: 'url' } } } as unknown as Target;

it('neither waits for the rows nor asks again where only what was accepted has changed', async () => {
  let shown = 0;
  const operation = {
    attempts: [],
    getMonitor: () => Promise.resolve({ object: () => ({ shown }) }),
  } as unknown as Operation;
  const still: Still & { accepted?: boolean } = { operation };
  let asked = 0;
  const changes = await changesAfter(remote, [still], () => {
    asked += 1;
    shown += 1;
    still.accepted = true;
    return Promise.resolve();
  });
  expect([changes, asked]).toEqual([[], 1]);
}, 2_000);
