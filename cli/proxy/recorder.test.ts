import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Passed } from './passed.ts';
import { proxyRecorder, startRecordingThread, type RecordingThread } from './recorder.ts';
import type { RecordingReport } from './recording-worker.ts';
import { Recording } from './recording.ts';

const id = '0f0e0d0c-0b0a-4909-8807-060504030201';

function poll(from: number, answerBody?: Uint8Array): Passed {
  return {
    from,
    durationMs: 1,
    method: 'GET',
    url: `https://contoso.crm.dynamics.com/api/backgroundoperation/${id}`,
    headers: ['Authorization', 'Bearer eyJsecretsecret'],
    body: new Uint8Array(),
    status: 200,
    answerHeaders: ['Content-Type', 'application/json'],
    answerBody:
      answerBody ?? Buffer.from('{"backgroundOperationStateCode":2,"backgroundOperationStatusCode":20}'),
  };
}

function terminal() {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out,
    err,
    terminal: {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      document: () => undefined,
    },
  };
}

/** How much each thread of this process lets others go first, as Linux tells it. */
function nicenessOfThreads(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const told = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    return Number(told.slice(told.lastIndexOf(')')).split(' ')[17]);
  });
}

/** A thread that does nothing by itself. */
function idleThread() {
  const listeners: { message?: (report: RecordingReport) => void; error?: (error: Error) => void } = {};
  const got: unknown[] = [];
  const thread: RecordingThread = {
    postMessage: (message) => void got.push(message),
    on: (event: 'message' | 'error', listener: never) => (listeners[event] = listener),
  };
  return { thread, got, listeners };
}

it('tells the first of many at once and how many more, and each breach once', () => {
  const recording = new Recording();
  const lines = recording.take(Array.from({ length: 120 }, (_, from) => poll(from)));
  expect(lines.trim().split('\n')).toHaveLength(120);
  const told = recording.news();
  expect(told.slice(0, 50)).toEqual(Array(50).fill(`${id} monitor read: 200 (2,20) In Progress`));
  expect(told.slice(50)).toEqual([
    '… and 70 more.',
    expect.stringMatching(/^ {2}✕ client-poll\.interval: expected a minute .*\[0f0e0d0c-/),
  ]);
  expect(recording.news()).toEqual([]);
});

it('writes all by its thread, secrets masked, and tells what is new', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'recorder-'));
  try {
    const file = path.join(folder, 'traffic.jsonl');
    const open = openSync(file, 'a');
    const { out, err, terminal: one } = terminal();
    const { record, close } = proxyRecorder(() => startRecordingThread(open), one);
    for (let from = 0; from < 120; from += 1) record(poll(from));
    if (process.platform === 'linux')
      await vi.waitFor(() => expect(nicenessOfThreads()).toContain(getPriority() + 10), { timeout: 20_000 });
    expect(await close()).toBe(0);
    closeSync(open);
    const written = await readFile(file, 'utf8');
    expect(written.trim().split('\n')).toHaveLength(120);
    expect(written).not.toContain('secretsecret');
    expect([out.length > 50, err]).toEqual([true, []]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('says once that what passes cannot be written, and counts it', async () => {
  const { err, terminal: one } = terminal();
  const { thread, listeners } = idleThread();
  const { record, close } = proxyRecorder(() => thread, one);
  for (let from = 0; from < 250; from += 1) record(poll(from));
  for (const exchanges of [100, 100])
    listeners.message?.({ kind: 'unwritten', exchanges, problem: 'no space is left there (ENOSPC)' });
  const closed = close();
  listeners.message?.({ kind: 'written', exchanges: 50 });
  listeners.message?.({ kind: 'ended' });
  expect(await closed).toBe(200);
  expect(err).toEqual([expect.stringContaining('cannot be recorded: no space is left there (ENOSPC)')]);
});

it('counts what waited and what came after its thread has died', async () => {
  const { err, terminal: one } = terminal();
  const { thread, listeners } = idleThread();
  const { record, close } = proxyRecorder(() => thread, one);
  for (let from = 0; from < 130; from += 1) record(poll(from));
  listeners.error?.(new Error('out of memory'));
  record(poll(130));
  expect(await close()).toBe(131);
  expect(err).toHaveLength(1);
});

it('lets no more pass while too much waits to be written', async () => {
  const { thread, listeners, got } = idleThread();
  const { record, room } = proxyRecorder(() => thread, terminal().terminal);
  const body = new Uint8Array(1_000_000);
  for (let from = 0; from < 60; from += 1) record(poll(from, body));
  expect([room(), got.length]).toEqual([undefined, 60]);
  for (let from = 0; from < 4; from += 1) record(poll(from, body));
  const waits = room();
  expect(waits).toBeInstanceOf(Promise);
  listeners.message?.({ kind: 'written', exchanges: 1 });
  await waits;
  expect(room()).toBeUndefined();
});
