import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { proxyRecorder } from './recorder.ts';

const id = '0f0e0d0c-0b0a-4909-8807-060504030201';

it('writes all, tells the first of many at once and how many more, and each breach once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'recorder-'));
  try {
    const out: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: () => undefined,
      document: () => undefined,
    };
    const file = path.join(folder, 'traffic.jsonl');
    const { record, close } = proxyRecorder(createWriteStream(file), terminal);
    for (let from = 0; from < 120; from += 1)
      record({
        from,
        durationMs: 1,
        method: 'GET',
        url: `https://contoso.crm.dynamics.com/api/backgroundoperation/${id}`,
        headers: [['Authorization', 'Bearer eyJsecretsecret']],
        status: 200,
        answerHeaders: [['Content-Type', 'application/json']],
        answerBody: '{"backgroundOperationStateCode":2,"backgroundOperationStatusCode":20}',
      });
    await close();
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(120);
    expect(out.slice(0, 50)).toEqual(Array(50).fill(`${id} monitor read: 200 (2,20) In Progress`));
    expect(out.slice(50)).toEqual([
      '… and 70 more.',
      expect.stringMatching(/^ {2}✕ client-poll\.interval: expected a minute .*\[0f0e0d0c-/),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
