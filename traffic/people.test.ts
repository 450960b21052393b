import { describe, expect, it } from 'vitest';
import { judgeClients } from './judge-clients.ts';
import { judgeTarget } from './judge-target.ts';
import { TakeIn, type RawExchange } from './take-in.ts';
import { trafficOf } from './traffic.ts';

// Clients as people write them, right and careless, as their traffic shows them.

const organization = 'https://contoso.crm.dynamics.com';
const webApi = 'https://contoso.api.crm.dynamics.com/api/data/v9.2';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const monitor = `${organization}/api/backgroundoperation/${id}`;
const codes = (state: number, status: number) =>
  `{"backgroundOperationStateCode":${state},"backgroundOperationStatusCode":${status}}`;

type Sent = Partial<RawExchange> & { readonly second: number; readonly token?: string };

/** The outcomes of a record: what is broken, and how each clause was decided. */
function judged(...files: (readonly Sent[])[]) {
  const takeIn = new TakeIn();
  const exchanges = files.flatMap((file) => {
    takeIn.beginFile();
    return file.map(({ second, token, headers = [], ...raw }) =>
      takeIn.take({
        from: second * 1_000,
        durationMs: 180,
        method: 'GET',
        url: monitor,
        headers: token === undefined ? headers : [['Authorization', `Bearer ${token}`], ...headers],
        status: 200,
        answerHeaders: [['Content-Type', 'application/json']],
        answerBody: codes(2, 20),
        ...raw,
      }),
    );
  });
  const traffic = trafficOf(exchanges);
  const outcomes = [...judgeClients(traffic), ...judgeTarget(traffic)];
  return {
    broken: outcomes.filter(({ outcome }) => outcome === 'broken').map(({ clause }) => clause),
    outcomeOf: (clause: string) => outcomes.find((one) => one.clause === clause)?.outcome,
  };
}

const submitted: Sent = {
  second: 0,
  method: 'POST',
  url: `${webApi}/my_Api`,
  headers: [['Prefer', 'respond-async']],
  status: 202,
  answerHeaders: [
    ['Location', monitor],
    ['x-ms-dyn-backgroundoperationid', id],
    ['Preference-Applied', 'respond-async'],
  ],
  answerBody: '',
};
const ended: Partial<Sent> = { answerBody: codes(3, 30) };

describe('a C# service with HttpClient', () => {
  const url = `${organization}/api/data/v9.2/my_Api`;
  const csharp = (polls: readonly Sent[]) => [{ ...submitted, url, token: 'eyJmorningmorning' }, ...polls];

  it('is right: both hosts of the organization, another token after an hour, a look after it cancels', () => {
    const polls = Array.from({ length: 70 }, (_, minute) => ({
      second: 60.4 * (minute + 1),
      token: minute < 55 ? 'eyJmorningmorning' : 'eyJlaterlaterlater',
    }));
    const rest = 60.4 * 70;
    const later = { token: 'eyJlaterlaterlater' };
    expect(
      judged(
        csharp([
          { second: 5, url: `${webApi}/accounts?$top=1`, token: 'eyJmorningmorning', answerBody: '{}' },
          ...polls,
          { ...later, second: rest + 20, method: 'DELETE', answerBody: codes(2, 22) },
          { ...later, second: rest + 21, answerBody: codes(2, 22) },
          { ...later, second: rest + 82, answerBody: codes(3, 32) },
        ]),
      ).broken,
    ).toEqual([]);
  });

  it('that other code of the same company watches too is not held against it', () => {
    const watch = (from: number, token: string) =>
      [0, 60, 120].map((second) => ({ second: from + second, token, ...(second === 120 ? ended : {}) }));
    expect(judged(csharp([...watch(60, 'eyJmorningmorning'), ...watch(90, 'eyJotherother')])).broken).toEqual(
      [],
    );
  });

  it('whose hurry hides behind a token for every poll is told of it', () => {
    const polls = [12, 24, 36, 48].map((second) => ({ second, token: `eyJtoken${second}` }));
    expect(judged(csharp(polls)).broken).toEqual(['client-poll.interval']);
  });

  it('that a few people look once each is not held against it', () => {
    const people = [12, 24, 36].map((second) => ({ second, token: `eyJperson${second}` }));
    expect(judged(csharp(people)).broken).toEqual([]);
  });

  it('is known by its tokens, which name user and application, and so are others', () => {
    const tokenOf = (user: string, number: number) =>
      `eyJhbGci.${Buffer.from(JSON.stringify({ oid: user, appid: 'app', number })).toString('base64url')}.sig`;
    const polls = (users: readonly string[]) =>
      users.map((user, index) => ({ second: 60 + 30 * index, token: tokenOf(user, index) }));
    const rest = { second: 600, token: tokenOf('one', 9), ...ended };
    expect(judged(csharp([...polls(['one', 'two', 'one', 'two', 'one', 'two']), rest])).broken).toEqual([]);
    expect(judged(csharp([...polls(['one', 'one']), rest])).broken).toEqual(['client-poll.interval']);
  });

  it('runs twice, and each instance has a token of its own: it is not in a hurry', () => {
    const tokenOf = (number: number) =>
      `eyJhbGci.${Buffer.from(`{"oid":"one","appid":"app","n":${number}}`).toString('base64url')}.sig`;
    const polls = (instances: readonly number[]) =>
      instances.map((instance, index) => ({ second: 60 + 30 * index, token: tokenOf(instance) }));
    const rest = { second: 600, token: tokenOf(1), ...ended };
    expect(judged(csharp([...polls([1, 2, 1, 2, 1, 2]), rest])).broken).toEqual([]);
    // One that renews its token does not come back to the one before.
    expect(judged(csharp([...polls([1, 1, 2, 2, 3, 3]), rest])).broken).toEqual(['client-poll.interval']);
  });

  it.each(['********', '[redacted]', 'REDACTED'])(
    'whose secrets were made into %s is not said to have its token in the address of the callback',
    (mask) => {
      const prefer = `respond-async, odata.callback; url="https://relay.example/t?sig=${mask}"`;
      const wanted = { ...submitted, url, token: mask, headers: [['Prefer', prefer]] as const };
      expect(judged([wanted]).broken).not.toContain('client-access.token-not-in-address');
    },
  );

  it('is told of a loop with Task.Delay of five seconds that does not know a failure', () => {
    const token = 'eyJmorningmorning';
    const failed =
      '{"backgroundOperationStateCode":3,"backgroundOperationStatusCode":31,"backgroundOperationErrorCode":0,"backgroundOperationErrorMessage":"no"}';
    const loop = Array.from({ length: 6 }, (_, poll) => ({
      second: 5 * (poll + 1),
      token,
      answerBody: poll < 2 ? codes(2, 20) : failed,
    }));
    expect(judged(csharp(loop)).broken).toEqual(['client-poll.interval', 'client-poll.stops']);
  });
});

describe('a page with fetch', () => {
  const browser = (polls: readonly Sent[]): Sent[] => [
    {
      ...submitted,
      headers: [['prefer', 'respond-async, odata.callback; url="https://relay.example/t?sig=1"']],
      answerHeaders: [
        ['location', monitor],
        ['x-ms-dyn-backgroundoperationid', id],
        ['preference-applied', 'callback'],
      ],
      answerBody: `{"backgroundOperationId":"${id}","location":"${monitor}"}`,
    },
    { second: 30, method: 'OPTIONS', headers: [['access-control-request-method', 'GET']], answerBody: '' },
    ...polls,
  ];
  const relay: Sent = {
    second: 100,
    method: 'POST',
    url: 'https://relay.example/t?sig=1',
    body: `{"location":"${monitor}","backgroundOperationId":"${id}",${codes(3, 30).slice(1)}`,
    status: 200,
  };
  const worker: Sent = { second: 101, token: 'eyJworkerworker', ...ended };

  it('whose export left credentials out is not accused, also beside a record that has them', () => {
    const page = browser([{ second: 60.1 }, { second: 120.1, ...ended }]);
    const alone = judged(page);
    expect([alone.broken, alone.outcomeOf('client-access.credentials')]).toEqual([[], 'unseen']);
    const both = judged(page, [relay, worker]);
    expect([both.broken, both.outcomeOf('client-access.credentials')]).toEqual([[], 'held']);
  });

  it('is not accused of what the browser asks before a request to another origin', () => {
    const page = browser([{ second: 60.1, token: 'eyJpagepage', ...ended }]);
    const [first, ...rest] = page;
    expect(judged([{ ...(first ?? submitted), token: 'eyJpagepage' }, ...rest]).broken).toEqual([]);
  });

  it('is told that it reads the monitor without credentials where 401 says so', () => {
    const page = browser([{ second: 60.1, status: 401, answerBody: '' }]);
    expect(judged(page).broken).toEqual(['client-access.credentials']);
  });
});

describe('a notebook in Python', () => {
  it('is told of its bare token, its list of preferences and the lower-case fields that it may have', () => {
    const headers = [
      ['authorization', 'eyJnotebooknotebook'],
      ['prefer', 'respond-async;odata.callback;url=http://10.0.0.1/cb?a=1'],
    ] as const;
    const { broken } = judged([{ ...submitted, headers, status: 401, answerHeaders: [], answerBody: '' }]);
    expect(broken).toEqual([
      'client-submit.preferences-apart',
      'client-submit.callback-url-quoted',
      'client-access.bearer',
    ]);
  });
});

describe('a receiver', () => {
  const callback = 'https://relay.example/t?sig=1';
  const wanted: Sent = {
    ...submitted,
    token: 'eyJmorningmorning',
    headers: [['Prefer', `respond-async, odata.callback; url="${callback}"`]],
    answerHeaders: [
      ['Location', monitor],
      ['x-ms-dyn-backgroundoperationid', id],
      ['Preference-Applied', 'callback'],
    ],
    answerBody: `{"backgroundOperationId":"${id}","location":"${monitor}"}`,
  };
  const told = (more: Partial<Sent>): Sent => ({
    second: 100,
    method: 'POST',
    url: callback,
    answerHeaders: [],
    answerBody: '',
    body: `{"location":"${monitor}","backgroundOperationId":"${id}",${codes(3, 30).slice(1)}`,
    ...more,
  });
  const read: Sent = { second: 160, token: 'eyJmorningmorning', ...ended };

  it.each<[string, Partial<Sent>, string[]]>([
    ['hangs up', { status: 0 }, ['client-notify.answers']],
    [
      'is slower than its sender waits, which nobody documents for callbacks',
      { status: 0, durationMs: 30_000 },
      [],
    ],
    [
      'hangs up late, as its sender saw',
      { status: 0, durationMs: 30_000, unanswered: 'the receiver closed the connection' },
      ['client-notify.answers'],
    ],
    ['never answers', { status: 0, durationMs: 55_000 }, ['client-notify.in-time']],
    ['may have answered, where nobody recorded it', { status: undefined }, []],
    [
      'took nearly as long, and nobody recorded what it answered',
      { status: undefined, durationMs: 55_000 },
      [],
    ],
    [
      'took a minute, and no answer is there',
      { status: undefined, durationMs: 60_000 },
      ['client-notify.in-time'],
    ],
    [
      'gets too much',
      { status: 400, answerBody: 'Request Header Or Cookie Too Large' },
      ['client-notify.answers'],
    ],
    [
      'wants a header',
      { status: 400, answerBody: 'The x-api-key header is missing' },
      ['client-notify.url-is-enough'],
    ],
    [
      'wants what all send',
      { status: 400, answerBody: 'Content-Type header missing' },
      ['client-notify.answers'],
    ],
    ['has another path', { status: 404, answerBody: 'POST your question here' }, ['client-notify.answers']],
  ])('that %s', (_what, more, broken) => {
    expect(judged([wanted, told(more), read]).broken).toEqual(broken);
  });
});

describe('others', () => {
  it('a bound custom API of a table is a custom API, also where it is refused', () => {
    const url = `${webApi}/accounts(${id})/Microsoft.Dynamics.CRM.my_Bound`;
    const token = 'eyJmorningmorning';
    expect(judged([{ ...submitted, token, url, status: 400, answerHeaders: [] }]).broken).toEqual([]);
  });

  it('a custom API that is bound to the table of background operations is one, whatever its name', () => {
    const url = `${webApi}/backgroundoperations(${id})/Microsoft.Dynamics.CRM.my_CancelAll`;
    const { broken, outcomeOf } = judged([{ ...submitted, token: 'eyJmorningmorning', url }]);
    expect([broken, outcomeOf('submit.location')]).toEqual([[], 'held']);
  });

  it.each([
    ['a flow', 'azure-logic-apps/1.0 (workflow 1; version 2) microsoft-flow/1.0', []],
    ['anybody else', 'python-requests/2.32', ['client-submit.connector-header']],
  ])('the header of the connector is %s’s own business or not', (_who, agent, broken) => {
    const headers = [
      ['Prefer', 'respond-async'],
      ['x-ms-dyn-callback-url', 'https://flow.example/run?sig=1'],
      ['User-Agent', agent],
    ] as const;
    expect(judged([{ ...submitted, token: 'eyJmorningmorning', headers }]).broken).toEqual(broken);
  });
});
