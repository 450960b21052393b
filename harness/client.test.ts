import { describe, expect, it } from 'vitest';
import type { WireRequest } from './answer.ts';
import { Client } from './client.ts';
import { parseConfig } from './config.ts';
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

  it('is an answer of the target where the token is still accepted elsewhere', async () => {
    const answer = await client((request) => (isWhoAmI(request) ? 200 : 401)).send({
      method: 'GET',
      path: '/x',
    });
    expect(answer.status).toBe(401);
  });
});
