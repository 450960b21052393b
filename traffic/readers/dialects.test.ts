import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { gather } from '../gather.ts';
import { judgeClients } from '../judge-clients.ts';
import { judgeTarget } from '../judge-target.ts';
import { readHar } from './har.ts';
import type { RawExchange } from '../take-in.ts';

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.har`, import.meta.url));

/** The same client in the manner of each tool: it submits, polls, is cut off once, and polls to the end. */
const tools = ['chrome', 'firefox', 'playwright', 'mitmproxy', 'fiddler', 'charles'];

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialects-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('archives of the tools', () => {
  it.each(tools)('%s: the operation is found and its life is legal', async (tool) => {
    const { traffic, cut } = await gather([fixture(tool)]);
    expect(cut).toBeUndefined();
    const [operation, ...others] = traffic.operations;
    expect(others).toEqual([]);
    const begun = operation?.happenings[0]?.exchange.from ?? 0;
    expect(new Date(Math.floor(begun / 1_000) * 1_000).toISOString()).toBe('2026-03-01T09:00:00.000Z');
    const seen = operation?.happenings.map((one) => [
      one.kind,
      one.exchange.from - begun,
      one.exchange.answer?.status,
      one.kind === 'read' ? one.shown?.status : undefined,
    ]);
    expect(seen).toEqual([
      ['submission', 0, 202, undefined],
      ['read', 60_000, 200, 20],
      ['read', 120_000, undefined, undefined],
      ['read', 180_000, 200, 30],
    ]);
    expect(operation?.submission?.exchange.request.body).toBe('{"Name":"Zoë"}');
    expect(operation?.happenings.map(({ exchange }) => exchange.credential?.key)).toEqual(
      Array(4).fill('credential 1'),
    );
    const names = operation?.happenings.flatMap(({ exchange }) =>
      [...exchange.request.headers, ...(exchange.answer?.headers ?? [])].map(([name]) => name),
    );
    expect(names?.filter((name) => name.startsWith(':'))).toEqual([]);
    const broken = [...judgeClients(traffic), ...judgeTarget(traffic)].filter(
      ({ outcome }) => outcome === 'broken',
    );
    expect(broken).toEqual([]);
  });

  it('are read wherever they are cut, and a cut is told', async () => {
    const text = (await readFile(fixture('firefox'), 'utf8')).trim();
    const { log } = JSON.parse(text) as { log: { entries: unknown[] } };
    const ends = log.entries.map((_entry, index) => endOfEntry(text, index));
    const wrong: unknown[] = [];
    for (let length = 1; length < text.length; length += inject('thorough') ? 23 : 307) {
      const read = await readCut(Buffer.from(text).subarray(0, Buffer.byteLength(text.slice(0, length))));
      const whole = ends.filter((end) => end <= length).length;
      if (read.count !== whole || !read.cut) wrong.push({ length, whole, ...read });
    }
    expect(wrong).toEqual([]);
    expect(await readCut(Buffer.from(text))).toEqual({ count: log.entries.length, cut: false });
  });

  it.each([
    ['after other members', (log: object) => ({ comment: { log: 'no' }, _by: 'a tool', log })],
    [
      'with entries before version and pages',
      (log: object) => ({ log: Object.fromEntries(Object.entries(log).reverse()) }),
    ],
    ['with a list of pages first', (log: object) => ({ log: { pages: [{ entries: [1] }], ...log } })],
  ])('are found with their log %s', async (_where, change) => {
    const { log } = JSON.parse(await readFile(fixture('firefox'), 'utf8')) as { log: object };
    await inFolder(async (folder) => {
      const file = path.join(folder, 'a.har');
      await writeFile(file, JSON.stringify(change(log)));
      const { traffic, cut } = await gather([file]);
      expect([traffic.exchanges, cut]).toEqual([5, undefined]);
    });
  });
});

/** Where an entry's text ends: behind its last brace. */
function endOfEntry(text: string, index: number): number {
  const pieces = text.split('"pageref": "page_1"\n  }');
  return (
    pieces.slice(0, index + 1).join('"pageref": "page_1"\n  }').length + '"pageref": "page_1"\n  }'.length
  );
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1_000)
    yield await Promise.resolve(bytes.subarray(at, at + 1_000));
}

async function readCut(bytes: Buffer): Promise<{ count: number; cut: boolean }> {
  const found: RawExchange[] = [];
  try {
    for await (const one of readHar(inChunks(bytes))) if (one !== 'unplaced') found.push(one);
    return { count: found.length, cut: false };
  } catch {
    return { count: found.length, cut: true };
  }
}
