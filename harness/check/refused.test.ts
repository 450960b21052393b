import { describe, expect, it } from 'vitest';
import { Answer, type WireRequest } from '../answer.ts';
import { Play } from '../plan.ts';
import { NotReached } from '../verdict.ts';
import { idThoughRefused } from './refused.ts';

const request: WireRequest = { method: 'POST', url: 'http://target.test/api', headers: [] };
const id = '0b59a1b3-37b3-4b55-8f83-0d6a3a5d7e11';

/** What becomes of a call that was refused, its attempt having named an operation. */
function refused({ status = 400, named = id, usual = 202, monitor = 200 } = {}) {
  const noted: string[] = [];
  const asked: string[] = [];
  const answered = (code: number): Promise<Answer> =>
    Promise.resolve(new Answer(request, { status: code, headers: [], body: '' }));
  const answer = new Answer(request, { status, headers: [], body: '' }, (clause) => void noted.push(clause));
  const play = new Play([]);
  play.arrive({ backgroundOperationId: named }, 0);
  const found = idThoughRefused(
    { answer, play },
    {
      usual: () => answered(usual),
      read: (path) => {
        asked.push(path);
        return answered(monitor);
      },
    },
  );
  return { found, noted, asked };
}

describe('a call that is refused since its custom API fails', () => {
  it('is followed by the id that its attempt names, and the breach noted once', async () => {
    const { found, noted, asked } = refused();
    expect(await found).toBe(id);
    expect(noted).toEqual(['submit.failure-is-accepted']);
    expect(asked).toEqual([`/api/backgroundoperation/${id}`]);
  });

  it.each([
    ['its attempt names none', { named: 'none' }],
    ['there is no such operation', { monitor: 404 }],
  ])('blocks the check where %s', async (_what, given) => {
    await expect(refused(given).found).rejects.toThrow(NotReached);
  });

  it.each([
    ['it was accepted', { status: 202 }],
    ['the target asks for patience', { status: 429 }],
    ['other calls are refused as well', { usual: 403 }],
  ])('is nothing of this kind where %s', async (_what, given) => {
    const { found, noted } = refused(given);
    expect(await found).toBeUndefined();
    expect(noted).toEqual([]);
  });
});
