import { expect, it } from 'vitest';
import { clause } from './collect.ts';
import { parseConfig } from './config.ts';
import { runCheck, type CollectedCheck } from './runner.ts';
import { SuiteSession } from './suite-session.ts';
import { openTarget } from './target.ts';
import { Ending, Undecided } from './verdict.ts';

it('an ending of one check is not kept beyond the next one, with all that its check has seen', async () => {
  const world = new SuiteSession(await openTarget(parseConfig({ target: { kind: 'simulator' } })), 'test');
  const check = (title: string, reason?: string): CollectedCheck => ({
    title,
    file: 'one.spec.ts',
    details: clause('monitor.ok'),
    body: () => (reason === undefined ? Promise.resolve() : Promise.reject(new Undecided(reason))),
  });
  const [undecided] = await runCheck(check('first', 'cannot be told'), world);
  expect(undecided?.outcome).toBe('inconclusive');
  expect(Ending.raised.in('cannot be told')).toBeDefined();
  const [passed] = await runCheck(check('second'), world);
  expect(passed?.outcome).toBe('passed');
  expect(Ending.raised.in('cannot be told')).toBeUndefined();
  await world.close();
});
