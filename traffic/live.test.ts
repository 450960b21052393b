import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LiveJudge } from './live.ts';
import { readLines } from './readers/lines.ts';
import { TakeIn, type RawExchange } from './take-in.ts';
import { lineOf } from './write-line.ts';

const origin = 'https://contoso.crm.dynamics.com';
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const headers = [['Authorization', 'Bearer eyJsecretsecret']] as const;

const bearerOf = (token: string) => [['Authorization', `Bearer ${token}`]] as const;

function reads(takeIn: TakeIn, number: number, at: number) {
  return takeIn.take({
    from: at,
    durationMs: 5,
    method: 'GET',
    url: `${origin}/api/backgroundoperation/${idOf(number)}`,
    headers,
    status: 200,
    answerHeaders: [['Content-Type', 'application/json']],
    answerBody: '{"backgroundOperationStateCode":2,"backgroundOperationStatusCode":20}',
  });
}

describe('LiveJudge', () => {
  it('tells a breach once, when it shows', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    const told = [0, 1_000, 2_000].map((at) => {
      judge.add(reads(takeIn, 1, at));
      return judge.judge();
    });
    expect(told[1]?.[0]?.operation).toBe(idOf(1));
    expect(told.map((breaches) => breaches.map(({ clause }) => clause))).toEqual([
      [],
      ['client-poll.interval'],
      [],
    ]);
  });

  it('reads the whole of a long answer, of which it keeps nothing', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    const read = (at: number) => ({
      ...{ from: at, durationMs: 5, method: 'GET', headers, status: 200 },
      url: `${origin}/api/data/v9.2/backgroundoperations(${idOf(1)})`,
      answerBody: JSON.stringify({
        outputparameters: 'x'.repeat(50_000),
        ...{ backgroundoperationstatecode: 3, backgroundoperationstatuscode: 30 },
      }),
    });
    const [kept] = judge.add(takeIn.take(read(0)));
    expect(kept).toMatchObject({ kind: 'read', shown: { state: 3, status: 30 } });
    judge.add(takeIn.take(read(60_000)));
    expect(judge.judge().map(({ clause }) => clause)).toContain('client-poll.stops');
  });

  it('follows the latest operations only, and passes over other traffic', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    for (let number = 0; number < 700; number += 1) judge.add(reads(takeIn, number, number));
    expect(judge.size).toBe(500);
    expect(
      judge.add(takeIn.take({ from: 0, durationMs: 1, method: 'GET', url: `${origin}/x`, headers })),
    ).toEqual([]);
  });
});

describe('LiveJudge with many at once', () => {
  it('judges what came since the last time, also of no operation, and once', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    for (const at of [0, 1_000, 2_000, 3_000]) judge.add(reads(takeIn, 1, at));
    for (let number = 2; number < 40; number += 1) judge.add(reads(takeIn, number, 4_000));
    const prefer = [...headers, ['Prefer', 'odata.callback;url="http://a/"']] as const;
    const url = `${origin}/api/data/v9.2/my_Api`;
    judge.add(takeIn.take({ from: 5_000, durationMs: 1, method: 'POST', url, headers: prefer, status: 200 }));
    expect(judge.judge().map(({ clause, operation }) => [clause, operation])).toEqual([
      ['client-poll.interval', idOf(1)],
      ['client-submit.callback-with-async', ''],
    ]);
    expect(judge.judge()).toEqual([]);
  });

  it('leaves what its time is not enough for to the next time', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    for (const number of [1, 2, 3]) for (const at of [0, 1_000]) judge.add(reads(takeIn, number, at));
    const rounds = [0, 0, 0, 0].map(() => judge.judge(-1).map(({ operation }) => operation));
    expect(rounds).toEqual([[idOf(1)], [idOf(2)], [idOf(3)], []]);
  });

  it('keeps of a long life its beginning and its end', () => {
    const judge = new LiveJudge();
    const takeIn = new TakeIn();
    for (let poll = 0; poll < 200; poll += 1) judge.add(reads(takeIn, 1, poll * 60_000));
    expect(judge.judge()).toEqual([]);
    judge.add(reads(takeIn, 1, 199 * 60_000 + 1_000));
    expect(judge.judge().map(({ clause }) => clause)).toEqual(['client-poll.interval']);
  });
});

describe('lineOf', () => {
  it('gives what the reader of lines reads, without the secret, which can still be told from others', async () => {
    const line = lineOf(reads(new TakeIn(), 1, 0));
    expect(line).not.toContain('eyJsecret');
    const { value: raw } = await readLines(Readable.from([line])).next();
    expect(raw).toMatchObject({ from: 0, durationMs: 5, method: 'GET', status: 200 });
    expect((raw as RawExchange).headers).toEqual([['Authorization', 'Bearer [credential 1]']]);
  });

  it('keeps whose tokens were, so that fresh ones can be told to be those of one client', () => {
    const tokens = [1, 2].map(
      (number) => `eyJhbGci.${Buffer.from(`{"oid":"one","n":${number}}`).toString('base64url')}.sig`,
    );
    const takeIn = new TakeIn();
    const again = new TakeIn();
    const holders = tokens.map((token) => {
      const exchange = { ...reads(takeIn, 1, 0), credential: takeIn.credentialOf(bearerOf(token)) };
      const { headers: written } = JSON.parse(lineOf(exchange)) as { headers: [string, string][] };
      return again.credentialOf(written);
    });
    expect(holders.map((one) => [one?.key, one?.holder])).toEqual([
      ['credential 1', 'holder 1'],
      ['credential 2', 'holder 1'],
    ]);
  });

  it('says that the address of a callback has the token, without the token', () => {
    const token = 'eyJsecretsecret';
    const prefer = `respond-async, odata.callback; url="https://client.example/done?auth=${token}"`;
    const written = (Prefer: string) => {
      const fields = [...bearerOf(token), ['Prefer', Prefer]] as const;
      const raw = { from: 0, durationMs: 1, method: 'POST', url: origin, headers: fields };
      return lineOf(new TakeIn().take(raw));
    };
    expect(written(prefer)).not.toContain(token);
    const again = [prefer, 'respond-async'].map((one) => {
      const { headers: fields } = JSON.parse(written(one)) as { headers: [string, string][] };
      return new TakeIn().take({ from: 0, durationMs: 1, method: 'POST', url: origin, headers: fields });
    });
    expect(again.map(({ credential }) => credential?.inCallback)).toEqual([true, undefined]);
  });

  it('says that no answer came where the record knows it, and nothing where it does not', () => {
    const [cut, unknown] = [0, undefined].map((status) =>
      new TakeIn().take({ from: 0, durationMs: 1, method: 'POST', url: origin, headers, status }),
    );
    const statusOf = (exchange = reads(new TakeIn(), 1, 0)) =>
      (JSON.parse(lineOf(exchange)) as { status?: number }).status;
    expect([statusOf(cut), statusOf(unknown), statusOf()]).toEqual([0, undefined, 200]);
  });
});
