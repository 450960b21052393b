import { expect, it } from 'vitest';
import { LossSample } from './loss-sample.ts';

const settings = { enough: 20, fresh: 3, atOnce: 2, limitMs: 1_000, now: () => 0 };

function sampleOf(answers: (number: number) => boolean | undefined, more: Partial<typeof settings> = {}) {
  let sent = 0;
  const sample = new LossSample(() => Promise.resolve(answers((sent += 1))), { ...settings, ...more });
  return { sample, sent: () => sent };
}

it('asks much at first, and little once enough has come', async () => {
  const { sample, sent } = sampleOf(() => true);
  expect([await sample.look(), sent()]).toEqual(['loses nothing', 20]);
  expect([await sample.look(), sent()]).toEqual(['loses nothing', 23]);
});

it('tells a way that loses some from one that loses all, and from one of which nothing is known', async () => {
  const some = sampleOf((number) => number !== 9);
  expect([await some.sample.look(), some.sent()]).toEqual(['loses some', 10]);
  const all = sampleOf(() => false);
  expect([await all.sample.look(), all.sent(), all.sample.works]).toEqual(['loses all', 2, false]);
  const unknown = sampleOf(() => undefined);
  expect([await unknown.sample.look(), unknown.sent()]).toEqual(['unknown', 2]);
});

it('ends when its time is over', async () => {
  let time = 0;
  const { sample, sent } = sampleOf(() => true, { now: () => (time += 600) });
  expect([await sample.look(), sent()]).toEqual(['loses nothing', 4]);
});
