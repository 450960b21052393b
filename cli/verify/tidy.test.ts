import { describe, expect, it } from 'vitest';
import type { Answer } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { RegisteredRow } from '../../harness/rows.ts';
import { LeftRows, removeRows } from './tidy.ts';

const step = (id: string): RegisteredRow => ({ set: 'sdkmessageprocessingsteps', id });
const webhook = (id: string): RegisteredRow => ({ set: 'serviceendpoints', id });

/** A target that answers DELETE with a status; undefined never answers. */
function target(statusOf: (resource: string) => number | undefined): { client: Client; asked: string[] } {
  const asked: string[] = [];
  const api = (_method: string, resource: string): Promise<Answer> => {
    asked.push(resource);
    const status = statusOf(resource);
    if (status === undefined) return new Promise(() => undefined);
    return Promise.resolve({ status, ok: status < 300 } as Answer);
  };
  return { client: { api } as unknown as Client, asked };
}

describe('removing what a run registered', () => {
  it('takes steps before their webhooks, and what is gone already for removed', async () => {
    const { client, asked } = target((resource) => (resource.includes('(b)') ? 404 : 204));
    const rows = new Set([webhook('a'), step('b'), webhook('c'), step('d')]);
    await removeRows(client, rows, 1_000);
    expect(rows.size).toBe(0);
    expect(asked.map((one) => one.replace(/\(.*/, ''))).toEqual([
      'sdkmessageprocessingsteps',
      'sdkmessageprocessingsteps',
      'serviceendpoints',
      'serviceendpoints',
    ]);
  });

  it('goes on where one hangs and one is refused, and keeps these', async () => {
    const { client } = target((resource) =>
      resource.includes('(hangs)') ? undefined : resource.includes('(refused)') ? 500 : 204,
    );
    const rows = new Set([step('hangs'), step('refused'), step('good'), webhook('good')]);
    await removeRows(client, rows, 20);
    expect([...rows].map(({ id }) => id)).toEqual(['hangs', 'refused']);
  });

  it('knows what was made and not removed, the last one first', () => {
    const left = new LeftRows();
    for (const id of ['a', 'b', 'c']) left.take({ kind: 'made', ...webhook(id) });
    left.take({ kind: 'gone', ...webhook('b') });
    expect(left.rows.map(({ id }) => id)).toEqual(['c', 'a']);
  });
});
