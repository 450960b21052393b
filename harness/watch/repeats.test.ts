import { expect, it } from 'vitest';
import { RepeatWatch } from './repeats.ts';

const delivery = (body: object, status = 200) => ({
  method: 'POST',
  path: '/bgop/1',
  query: '',
  body: JSON.stringify(body),
  reply: { status },
});
const call = (attempt: number) => delivery({ time: 'T', attempt, backgroundOperationId: 'a' });

it('notices what came twice without a difference, in this check only', () => {
  const watch = new RepeatWatch();
  for (const attempt of [1, 2, 3]) watch.heard('probe', call(attempt));
  expect(watch.disturbed).toBe(false);
  watch.heard('probe', call(2));
  expect(watch.disturbed).toBe(true);
  watch.begin();
  watch.heard('probe', call(2));
  expect(watch.disturbed).toBe(false);
});

it('takes two calls that name no operation for two calls', () => {
  const watch = new RepeatWatch();
  for (let time = 0; time < 2; time += 1) watch.heard('probe', delivery({ time: 'T' }));
  expect(watch.disturbed).toBe(false);
});

it('leaves it to the target to send again what was answered badly', () => {
  const watch = new RepeatWatch();
  for (const status of [500, 200]) watch.heard('callback', delivery({}, status));
  expect(watch.disturbed).toBe(false);
});

it('takes what always comes twice for the target’s own, whatever else comes once', () => {
  const watch = new RepeatWatch();
  const disturbed: boolean[] = [];
  for (let check = 0; check < 4; check += 1) {
    watch.begin();
    watch.heard('probe', call(check));
    for (let time = 0; time < 2; time += 1) watch.heard('callback', delivery({ check }));
    disturbed.push(watch.disturbed);
  }
  expect(disturbed).toEqual([true, true, false, false]);
});

it('never takes what comes twice now and then for the target’s own', () => {
  const watch = new RepeatWatch();
  for (let number = 0; number < 1_000; number += 1) {
    watch.begin();
    watch.heard('callback', delivery({ number }));
    if (number % 10 !== 0) continue;
    watch.heard('callback', delivery({ number }));
    expect(watch.disturbed).toBe(true);
  }
});
