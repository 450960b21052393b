import { expect, it } from 'vitest';
import { askedAtOnce } from './asked-at-once.ts';

it('tells of the first failure in the order given, once all have ended', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const ended: string[] = [];
  const together = askedAtOnce([
    promise.finally(() => ended.push('first')),
    Promise.reject(new Error('the second')).finally(() => ended.push('second')),
    Promise.resolve(),
  ]);
  reject(new Error('the first'));
  resolve(undefined);
  await expect(together).rejects.toThrow('the first');
  expect(ended.sort()).toEqual(['first', 'second']);
  await expect(askedAtOnce([Promise.resolve()])).resolves.toBeUndefined();
});
