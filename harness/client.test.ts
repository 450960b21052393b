import { describe, expect, it, vi } from 'vitest';
import { belongToVerify } from '../record/fixtures/run-plan.ts';
import type { WireRequest } from './answer.ts';
import { Client } from './client.ts';
import { parseConfig } from './config.ts';
import { noticesIn } from './notices.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';
import { TransportError } from './verdict.ts';

/** A target that is reached with tokens of the configuration, and answers as it is told to. */
function client(status: (request: WireRequest) => number): Client {
  const config = parseConfig({
    target: { kind: 'url', url: 'http://127.0.0.1:1', auth: { kind: 'bearer', tokenEnv: 'BGOP_TOKEN' } },
  });
  const target = {
    url: 'http://127.0.0.1:1',
    config,
    transport: {
      send: (request: WireRequest) => Promise.resolve({ status: status(request), headers: [], body: '' }),
    },
    authorization: (principal: string) =>
      Promise.resolve(principal === 'anonymous' ? undefined : 'Bearer of the run'),
  };
  return new Client(target as unknown as Target, 'initiator', new Transcript());
}

const isWhoAmI = ({ url }: WireRequest): boolean => url.endsWith('/WhoAmI');

describe('a 401 to a token of the configuration', () => {
  it('is no answer of the target where nothing is accepted with that token any more', async () => {
    const refused = client(() => 401).send({ method: 'GET', path: '/x' });
    await expect(refused).rejects.toThrow(TransportError);
    await expect(refused).rejects.toThrow(/refuses the token in BGOP_TOKEN.*expired or was revoked/);
  });

  it('is not the target’s where the same request is accepted when it is sent again', async () => {
    let refusals = 1;
    const told = client((request) => (isWhoAmI(request) || (refusals -= 1) < 0 ? 200 : 401));
    expect((await told.send({ method: 'POST', path: '/x' })).status).toBe(200);
  });

  it('ends the run where the initiator’s token is dead, by a notice', async () => {
    const written: string[] = [];
    const leaveRun = belongToVerify();
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      await expect(client(() => 401).send({ method: 'GET', path: '/x' })).rejects.toThrow(TransportError);
    } finally {
      write.mockRestore();
      leaveRun();
    }
    expect(noticesIn(written.join(''))).toContainEqual({
      kind: 'gave-up',
      why: expect.stringContaining('the target refuses the token in BGOP_TOKEN') as string,
    });
  });

  it('is an answer of the target where the token is still accepted elsewhere', async () => {
    const answer = await client((request) => (isWhoAmI(request) ? 200 : 401)).send({
      method: 'GET',
      path: '/x',
    });
    expect(answer.status).toBe(401);
  });
});
