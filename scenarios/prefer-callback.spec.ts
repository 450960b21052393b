import { headers, preferences } from '../contract/vocabulary.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import { Blocked, clause, expect, fail, NotReached, test } from '../harness/test.ts';
import { driveToRest } from './support/moments.ts';
import { expectNoOperation, letItShow, requireNoOperation } from './support/no-operation.ts';
import { applied, expectCallback, withCallback, type PreferWith } from './support/preferring.ts';
import { sameValue } from './support/values.ts';

// In the path alone: what becomes of a query is for callback.url-verbatim to say.
const suffixes = {
  'a comma': '/a,b,/c',
  'a semicolon': '/a;b;/c',
  'an equals sign': '/a=b==/c',
  'what looks like preferences': '/a,respond-async;url=x,return=minimal;b=,;=/c',
};

for (const [what, suffix] of Object.entries(suffixes)) {
  test(
    `a quoted url MUST be kept whole with ${what} in it`,
    clause('prefer.quoted-url', { branch: what }),
    async ({ call, operationOf, clock, target }) => {
      const ways: PreferWith[] = [
        withCallback,
        (url) => `${withCallback(url)}, odata.include-annotations="*"`,
      ];
      for (const control of ways) {
        const tools = { call, operationOf, clock, target };
        const options = { suffix, control, controls: 'prefer.any-position' } as const;
        const { delivery, callbackUrl } = await expectCallback(tools, control, options);
        const asked = callbackUrl.slice(new URL(callbackUrl).origin.length);
        const reached = delivery.path + (delivery.query === '' ? '' : `?${delivery.query}`);
        // A listener behind a proxy may see a shorter path than the one that was asked for.
        expect(reached, 'path and query of the callback', delivery).toSatisfy(
          reached.slice(reached.indexOf('/bgop/')) === asked.slice(asked.indexOf('/bgop/')),
          asked,
        );
      }
    },
  );
}

test(
  'a quoted url MUST be read with the escapes of a quoted string',
  clause('prefer.quoted-url', { branch: 'escaped characters' }),
  async ({ call, operationOf, clock, target }) => {
    // What stands behind a backslash stands for itself (RFC 9110, 5.6.4).
    const control: PreferWith = (url) => withCallback(url.replace('/bgop/', '/b\\gop\\/'));
    const options = { suffix: '/a-b', control: withCallback, controls: 'callback.post' } as const;
    const { delivery, callbackUrl } = await expectCallback(
      { call, operationOf, clock, target },
      control,
      options,
    );
    const asked = callbackUrl.slice(callbackUrl.indexOf('/bgop/'));
    expect(delivery.path.slice(delivery.path.indexOf('/bgop/')), 'the path of the callback').toBe(asked);
  },
);

test(
  'odata.callback without respond-async SHOULD run synchronously, and no callback come',
  clause('prefer.callback-alone'),
  async ({ call, client, clock, submit, target }) => {
    const { answer: usual } = await call({ prefer: null });
    if (usual.status !== 200 || usual.header(headers.operationId) !== undefined)
      throw new Blocked('submit.synchronous-without-preference', usual.describe());
    const since = await clock.now();
    const prefer = (url: string): string => `${preferences.callback}; url="${url}"`;
    const called = await call({ callback: true, prefer });
    expect(called.answer, 'status', 'the status of POST with odata.callback alone').toBe(200);
    const body = called.answer.object();
    for (const [name, value] of Object.entries(called.outputs))
      expect(body?.[name], `the output ${name} of the synchronous call`, body).toSatisfy(
        sameValue(name, value, body?.[name]),
        JSON.stringify(value),
      );
    const fixed = target.config.target.probe.kind === 'fixed';
    const failing = fixed ? undefined : await call({ callback: true, prefer, attempts: [fail()] });
    // It is not kept for the next one either, which asks for no callback.
    await call();
    const what = 'a call with odata.callback alone';
    await expectNoOperation({ client, clock, submit, target }, called, what, 1, since).catch(
      async (broken) => {
        await requireNoOperation({ call, client, clock, submit, target });
        throw broken;
      },
    );
    for (const callbacks of [called.callbacks, failing?.callbacks])
      expect(callbacks?.deliveries.length ?? 0, 'the number of callbacks', callbacks?.deliveries.at(-1)).toBe(
        0,
      );
  },
);

test(
  'callback (without odata.) MAY request a callback too',
  clause('prefer.plain-callback'),
  async ({ call, operationOf, clock, target, observe }) => {
    const prefer = (url: string): string => `respond-async, ${preferences.plainCallback}; url="${url}"`;
    const called = await call({ callback: true, prefer });
    if (!isAccepted(called.answer)) {
      const { answer: usual } = await call();
      if (!isAccepted(usual)) throw new Blocked('submit.accepted', usual.describe());
      observe(`respond-async with callback; url=… is answered ${called.answer.status}`);
      return;
    }
    let asked = called;
    try {
      await driveToRest({ clock, target }, operationOf(called));
    } catch (error) {
      if (!(error instanceof NotReached) || !clock.virtual) throw error;
      called.answer.note(error.blockedBy, error.why, error.certain);
      asked = await call({ callback: true, prefer, attempts: [fail()] });
      await driveToRest({ clock, target }, operationOf(asked));
    }
    await letItShow({ clock });
    const came = (asked.callbacks?.deliveries.length ?? 0) > 0;
    observe(
      `callback; url=… ${came ? 'requests a callback' : 'is ignored'}; Preference-Applied: ${applied(called).join(', ')}`,
    );
  },
);
