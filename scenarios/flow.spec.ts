import { headers } from '../contract/vocabulary.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import type { CheckTools } from '../harness/collect.ts';
import { Channel, type Delivery } from '../harness/listener.ts';
import { parseJson } from '../harness/json.ts';
import { isObject } from '../harness/answer.ts';
import type { Called, CallOptions } from '../harness/probe-calls.ts';
import { Blocked, clause, expect, NotTestable, test, Undecided } from '../harness/test.ts';
import { callbackField } from '../harness/preferences.ts';
import { requireOneCallback } from './support/callbacks.ts';
import { sameValue } from './support/values.ts';
import { comes, passes } from './support/waiting.ts';

type Tools = Pick<CheckTools, 'call' | 'target'>;

/** What a call with the connector's header came to. */
interface Performed {
  readonly called: Called;
  readonly deliveries: readonly Delivery[];
}

/** Calls the probe with the connector's header, and waits for the callback where the call was taken. */
async function perform({ call, target }: Tools, prefer: CallOptions['prefer']): Promise<Performed> {
  const channel = new Channel('callback', () => ({ status: 200 }), false);
  const { url, key } = target.listener.open(channel);
  try {
    const both = typeof prefer === 'function' ? () => prefer(url) : prefer;
    const called = await call({
      headers: [[headers.callbackUrl, url]],
      ...(both === undefined ? {} : { prefer: both }),
    });
    // What the header alone is answered is documented nowhere: 204 is as right as 202.
    const silent = prefer === null && called.answer.status === 204;
    if (silent || isAccepted(called.answer)) {
      await comes(target, () => channel.deliveries.length > 0);
      await passes(target);
    }
    return { called, deliveries: channel.deliveries };
  } finally {
    target.listener.close(key);
  }
}

/** What a flow may send, by name. */
const ways = {
  'the header alone': null,
  'the header with respond-async': undefined,
} as const;

test(
  'the connector’s header alone MAY start a background operation',
  clause('flow.header-alone'),
  async ({ call, target, observe }) => {
    const { called, deliveries } = await perform({ call, target }, ways['the header alone']);
    const { answer } = called;
    const members = Object.keys(answer.object() ?? {});
    const body = members.length === 0 ? 'no members' : members.join(', ');
    observe(
      `${headers.callbackUrl} alone is answered ${answer.status} (${answer.status === 200 ? 'synchronous' : body}); ` +
        (deliveries.length > 0 ? 'the callback comes' : 'no callback comes'),
    );
  },
);

for (const [branch, prefer] of Object.entries(ways)) {
  test(
    `a callback asked for by ${branch} MUST come once`,
    clause('flow.one-callback', { branch }),
    async ({ call, submit, target }) => {
      const { called, deliveries } = await perform({ call, target }, prefer);
      if (deliveries.length > 1) await requireOneCallback({ submit, target });
      if (deliveries.length === 0)
        throw new NotTestable(
          `${branch} requests no callback: the call was answered ${called.answer.status} (callback.connector-header)`,
        );
      expect(deliveries.length, `the callbacks that ${branch} asked for`).toBe(1);
    },
  );
}

test(
  'a callback asked for by header and preference with one address MUST come once',
  clause('flow.one-callback', { branch: 'the header beside the preference' }),
  async ({ call, submit, target }) => {
    const { called, deliveries } = await perform({ call, target }, (url) => [
      'respond-async',
      callbackField(url),
    ]);
    if (!isAccepted(called.answer)) throw new Undecided(`header and preference: ${called.answer.describe()}`);
    if (deliveries.length !== 1) await requireOneCallback({ submit, target });
    expect(deliveries.length, 'the callbacks that both asked for').toBe(1);
  },
);

test(
  'what the callback contains that is asked for by the connector’s header MAY be anything',
  clause('flow.callback-members'),
  async ({ call, target, observe }) => {
    for (const [way, prefer] of Object.entries(ways)) {
      const { deliveries } = await perform({ call, target }, prefer);
      const body = deliveries[0] === undefined ? undefined : parseJson(deliveries[0].body);
      if (deliveries[0] === undefined) observe(`${way} requests no callback`);
      else observe(`${way}: ${isObject(body) ? Object.keys(body).join(', ') : 'not a JSON object'}`);
    }
  },
);

const strong = [['Consistency', 'Strong']] as const;

test(
  'a submission with Consistency: Strong MUST be accepted',
  clause('flow.strong-consistency', { branch: 'with respond-async' }),
  async ({ call, operationOf }) => {
    const called = await call({ headers: strong });
    if (!isAccepted(called.answer)) {
      const { answer } = await call();
      if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
      expect(called.answer.status, 'the status of a submission with Consistency: Strong').toBe(202);
    }
    await operationOf(called).settled();
  },
);

test(
  'a call with Consistency: Strong MUST be executed synchronously without respond-async',
  clause('flow.strong-consistency', { branch: 'without respond-async' }),
  async ({ call }) => {
    const wrong = (called: Called): string[] => {
      const shown = called.answer.object() ?? {};
      return Object.entries(called.outputs).flatMap(([name, value]) =>
        sameValue(name, value, shown[name]) ? [] : [name],
      );
    };
    const called = await call({ prefer: null, headers: strong });
    if (called.answer.status !== 200 || wrong(called).length > 0) {
      const usual = await call({ prefer: null });
      if (usual.answer.status !== 200 || wrong(usual).length > 0)
        throw new Blocked('submit.synchronous-without-preference', usual.answer.describe());
    }
    expect(called.answer.status, 'the status of a call with Consistency: Strong').toBe(200);
    expect(wrong(called), 'the outputs that are not as they were set').toEqual([]);
  },
);

test(
  'GetBackgroundOperations MAY list the custom API',
  clause('flow.lists-operations'),
  async ({ client, target, observe }) => {
    const { probe } = target.config.target;
    const name = probe.kind === 'fixed' ? probe.succeeds.name : probe.customApi;
    for (const catalog of ['none', 'commoncatalog']) {
      const args = `catalogUniqueName='${catalog}',categoryUniqueName='none',entityLogicalName='none'`;
      const answer = await client.api('GET', `GetBackgroundOperations(${args})`);
      const body = JSON.stringify(answer.object() ?? {});
      observe(
        `GetBackgroundOperations for the catalog ${catalog} is answered ${answer.status}` +
          (answer.ok ? ` and ${body.includes(name) ? 'lists' : 'does not list'} ${name}` : ''),
      );
    }
  },
);

test(
  'the Web API MAY answer below other versions than its own',
  clause('flow.api-versions'),
  async ({ client, target, observe }) => {
    const answered: string[] = [];
    const refused: string[] = [];
    for (const version of ['v9.0', 'v9.1', 'v9.1.0', 'v9.2', 'v9.2.0']) {
      const path = `/api/data/${version}/WhoAmI`;
      const { ok, status } = await client.send({ method: 'GET', path });
      if (ok) answered.push(version);
      else refused.push(`${version} (${status})`);
    }
    const own = target.config.target.apiVersion;
    observe(`WhoAmI is answered below ${answered.join(', ') || 'none of them'}; configured is ${own}`);
    if (refused.length > 0) observe(`it is refused below ${refused.join(', ')}`);
  },
);

test(
  'a submission that is sent again word for word MAY start a second operation',
  clause('flow.resubmission'),
  async ({ call, operationOf, observe }) => {
    const first = await call({ payload: 'again' });
    const second = await call({ payload: 'again', body: first.body });
    if (!isAccepted(second.answer)) {
      observe(`a submission that is sent again is answered ${second.answer.status}`);
      return;
    }
    const [one, other] = [operationOf(first), operationOf(second)];
    await one.finished();
    await other.finished();
    observe(
      one.id === other.id
        ? 'a submission that is sent again gives the operation that there is'
        : 'a submission that is sent again starts a second operation',
    );
  },
);
