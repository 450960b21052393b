import { afterEach, expect, it } from 'vitest';
import { Check, whyNot } from './check.ts';
import { SuiteSession } from './suite-session.ts';
import { parseConfig } from './config.ts';
import { Channel } from './listener.ts';
import { PoliteTransport } from './politeness.ts';
import { requestCounter } from './requests.ts';
import { openTarget } from './target.ts';
import { Broken, Undecided } from './verdict.ts';

let world: SuiteSession | undefined;
afterEach(() => world?.close());

/** A check on the embedded simulator, whose every second answer is 429, and who waits in no time. */
async function checkThatWaits(limit: number | null = null): Promise<Check> {
  const target = await openTarget(parseConfig({}));
  let time = 0;
  let asked = 0;
  const manners = new PoliteTransport(
    {
      send: (request, options) => {
        asked += 1;
        if (asked % 2 === 1) return target.transport.send(request, options);
        return Promise.resolve({ status: 429, headers: [['Retry-After', '30']], body: '' });
      },
      close: () => target.transport.close(),
    },
    {
      patienceMs: 60_000,
      counter: requestCounter(limit, undefined),
      tell: () => undefined,
      now: () => time,
      sleep: (milliseconds) => Promise.resolve((time += milliseconds)),
    },
  );
  world = new SuiteSession({ ...target, transport: manners, manners }, 'test-0');
  return new Check(world);
}

const broken = new Broken('the status', '200', '400');

it('a check that had to wait in its middle and did not hold is not judged', async () => {
  const check = await checkThatWaits();
  await check.client.api('GET', 'WhoAmI');
  expect(check.record(broken)).toMatchObject({ outcome: 'failed' });
  await check.client.api('GET', 'WhoAmI');
  expect(check.record(broken)).toMatchObject({
    outcome: 'inconclusive',
    reason:
      'not judged, since the target made the check wait 30 s in its middle (Retry-After): the status: expected 200, got 400',
  });
  expect(check.record(new Undecided('noise'))).toMatchObject({ outcome: 'inconclusive', reason: 'noise' });
  expect(check.record(undefined)).toMatchObject({ outcome: 'passed' });
  expect(JSON.stringify(check.record(undefined))).not.toContain('"status":429');
});

it('no check begins when the request budget is used up', async () => {
  const check = await checkThatWaits(1);
  expect(whyNot(['submit.accepted'], undefined, check.target)).toBeUndefined();
  await check.client.api('GET', 'WhoAmI');
  expect(whyNot(['submit.accepted'], undefined, check.target)).toEqual({
    kind: 'budget',
    limit: 1,
  });
});

it('charges what comes in a form that is documented, and nothing else', async () => {
  const check = await checkThatWaits();
  const { listener } = check.target;
  const comesTo = async (documented: boolean): Promise<string[] | undefined> => {
    const { url } = listener.open(new Channel('callback', () => ({ status: 200 }), documented));
    const path = url.slice(url.indexOf('/bgop/'));
    await listener.handle({ method: 'POST', path, query: '', headers: [], body: '{"more":1}' });
    return check.record(undefined).findings?.map(({ clause }) => clause);
  };
  expect(await comesTo(false)).toBeUndefined();
  expect(await comesTo(true)).toEqual(['callback.codes', 'callback.only-documented-members']);
});
