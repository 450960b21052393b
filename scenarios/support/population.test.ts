import { expect, it } from 'vitest';
import { pairs, type Codes } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { NotReached } from '../../harness/test.ts';
import { populate } from './population.ts';

const createdOn = Date.UTC(2026, 0, 1);

/** Tools on a virtual clock; the log tells what was done, in order. Operation number `n` shows what `codesOf` says. */
function tools(codesOf: (n: number) => Codes, rowOf: (n: number) => Promise<void> = () => Promise.resolve()) {
  const log: string[] = [];
  let [now, count] = [createdOn, 0];
  const advance = (milliseconds: number): Promise<number> => Promise.resolve((now += milliseconds));
  const submit = (): Promise<unknown> => {
    const n = (count += 1);
    const [codes, submittedAt] = [codesOf(n), now];
    log.push(`submit ${n}`);
    return Promise.resolve({
      id: String(n),
      accepted: { note: (clause: string) => log.push(`note ${clause}`) },
      parts: { play: { attempts: [{}, {}] } },
      started: () => Promise.resolve(),
      canceled: () => Promise.resolve(),
      finished: () => Promise.resolve(codes),
      monitor: () => Promise.resolve(codes),
      rowWhen: async () => {
        log.push(`row ${n}`);
        await rowOf(n);
        return { ...codes, row: { createdon: new Date(submittedAt).toISOString() } };
      },
    });
  };
  const clock = { virtual: true, now: () => Promise.resolve(now), advance };
  return { log, tools: { submit, clock } as unknown as Pick<CheckTools, 'submit' | 'clock'> };
}

it('waits for late rows together, and submits what is to wait after that', async () => {
  const shown = [pairs.succeeded, pairs.canceled, pairs.inProgress, pairs.waiting];
  const { log, tools: given } = tools((n) => shown[n - 1] ?? pairs.waiting);
  const { members } = await populate(given, ['waiting', 'running', 'succeeded', 'canceled']);
  expect(log).toEqual([
    ...['submit 1', 'submit 2', 'submit 3', 'row 1', 'row 2', 'row 3'],
    ...['submit 4', 'row 4'],
  ]);
  expect(members.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'succeeded 1',
    'canceled 2',
    'running 3',
    'waiting 4',
  ]);
});

it('leaves out a kind whose row does not come, and notes that; unless all are demanded', async () => {
  const lacking = (n: number): Promise<void> =>
    n === 2 ? Promise.reject(new NotReached('submit.row-exists', 'it is not there')) : Promise.resolve();
  const { log, tools: given } = tools(() => pairs.succeeded, lacking);
  const kinds = ['succeeded', 'succeeded', 'succeeded', 'succeeded'] as const;
  const { members } = await populate(given, kinds, { asFarAsPossible: true });
  expect(members.map(({ id }) => id)).toEqual(['1', '3', '4']);
  expect(log).toContain('note submit.row-exists');
  const demanding = tools(() => pairs.succeeded, lacking);
  await expect(populate(demanding.tools, kinds)).rejects.toThrow('it is not there');
});
