import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BudgetUsedUp, requestCounter, requestsSent } from './requests.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

async function countFile(): Promise<string> {
  folder = await mkdtemp(path.join(tmpdir(), 'bgop requests '));
  return path.join(folder, 'requests');
}

describe('the count of requests', () => {
  it('is one for all who share its file, and never passes the limit', async () => {
    const file = await countFile();
    const [one, two] = [requestCounter(5, file), requestCounter(5, file)];
    for (const counter of [one, two, one, two, one]) counter.take();
    expect(() => {
      two.take();
    }).toThrow(BudgetUsedUp);
    expect(one.spent()).toEqual({ kind: 'budget', limit: 5 });
    expect(requestsSent(file)).toBe(5);
  });

  it('goes on where a limit is absent, and counts all the same', async () => {
    const file = await countFile();
    expect(requestsSent(file)).toBe(0);
    const counter = requestCounter(null, file);
    for (let sent = 0; sent < 100; sent += 1) counter.take();
    expect(counter.spent()).toBeUndefined();
    await new Promise(setImmediate);
    expect(requestsSent(file)).toBe(100);
    expect(requestsSent(undefined)).toBeUndefined();
  });
});
