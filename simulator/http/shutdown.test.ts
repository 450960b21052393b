import { expect, it } from 'vitest';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { startServer } from '../server.ts';

it('a server that closes finishes the answers in flight, and takes nothing new', async () => {
  const started = Promise.withResolvers<undefined>();
  const finish = Promise.withResolvers<undefined>();
  const slow: CustomApi = {
    uniqueName: 'my_Slow',
    displayName: 'Slow',
    parameters: [],
    properties: [{ uniqueName: 'Text', type: 'String' }],
    execute: async () => {
      started.resolve(undefined);
      await finish.promise;
      return { Text: 'done' };
    },
  };
  const { url, close } = await startServer({ customApis: [slow] });
  const headers = { authorization: 'Bearer token-initiator' };
  const answer = fetch(`${url}/api/data/v9.2/my_Slow`, { method: 'POST', headers });
  await started.promise;
  const closed = close();
  await expect(fetch(`${url}/simulator/health`)).rejects.toThrow();
  finish.resolve(undefined);
  const answered = await answer;
  expect([answered.status, answered.headers.get('connection')]).toEqual([200, 'close']);
  expect(await answered.json()).toMatchObject({ Text: 'done' });
  await closed;
});
