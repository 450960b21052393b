import { afterEach, expect, test, vi } from 'vitest';
import { plainStacks } from './plain-stacks.ts';

const { stackTraceLimit } = Error;

afterEach(() => {
  vi.unstubAllEnvs();
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  Error.stackTraceLimit = stackTraceLimit;
});

const byHook = (): boolean => {
  Error.prepareStackTrace = () => 'by a hook';
  plainStacks();
  return new Error('here').stack === 'by a hook';
};

test('where Node has loaded the sources, it writes the stacks too', () => {
  vi.stubEnv('PW_DISABLE_TS_ESM', '1');
  expect(byHook()).toBe(false);
  expect(new Error('here').stack).toContain('plain-stacks.test.ts');
});

test('where Playwright has, its source maps stay', () => {
  vi.stubEnv('PW_DISABLE_TS_ESM', undefined);
  expect(byHook()).toBe(true);
});
