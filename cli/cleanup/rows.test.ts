import { describe, expect, it } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { TransportError } from '../../harness/verdict.ts';
import type { Leftover } from './leftovers.ts';
import { removeLeftovers } from './remove.ts';
import { listRunRows } from './rows.ts';

/** A target whose pages lead to the address that `next` gives. */
function pages(
  next: (page: number) => string | undefined,
  filled: (page: number) => boolean = () => true,
): Client {
  let page = 0;
  const answer = (): Promise<unknown> => {
    const value = filled(page) ? [{ page }] : [];
    const link = next(page++);
    const body = { value, ...(link === undefined ? {} : { '@odata.nextLink': link }) };
    return Promise.resolve({ status: 200, object: () => body, describe: () => '200' });
  };
  return { api: answer, follow: answer } as unknown as Client;
}

describe('the rows of a collection', () => {
  it('are read to the end, however many pages it has', async () => {
    const listed = await listRunRows(
      pages((page) => (page < 5_000 ? `/page-${page}` : undefined)),
      'rows',
    );
    expect(listed).toMatchObject({ rows: { length: 5_001 } });
    expect(listed).not.toHaveProperty('unfinished');
  });

  it('are not called all where the pages lead in a circle or never end', async () => {
    const circle = await listRunRows(
      pages((page) => `/page-${page % 3}`),
      'rows',
    );
    expect(circle).toMatchObject({ unfinished: 'its pages lead in a circle' });
    const endless = await listRunRows(
      pages((page) => `/page-${page}`),
      'rows',
      () => false,
    );
    expect(endless).toMatchObject({
      rows: [],
      unfinished: expect.stringContaining('it has no end') as string,
    });
  });
});

describe('empty pages of a collection', () => {
  it('are passed over where rows follow, and end it where none ever do', async () => {
    const sparse = pages(
      (page) => (page < 6_000 ? `/page-${page}` : undefined),
      (page) => page % 1_500 === 0,
    );
    const found = await listRunRows(sparse, 'rows');
    expect(found).toMatchObject({ rows: { length: 5 } });
    expect(found).not.toHaveProperty('unfinished');
    let asked = 0;
    const empty = pages(
      (page) => `/page-${(asked = page)}`,
      () => false,
    );
    expect(await listRunRows(empty, 'rows')).toMatchObject({
      rows: [],
      unfinished: expect.stringContaining('it has no end') as string,
    });
    expect(asked).toBeLessThan(3_000);
  });
});

describe('the removal of leftovers', () => {
  it('tries each, though one gets no answer, and says which', async () => {
    const one = (id: string): Leftover => ({ kind: 'webhook', id, name: 'a', run: 'r' });
    const client = {
      api: (_method: string, path: string) =>
        path.includes('(b)')
          ? Promise.reject(new TransportError('the target did not answer'))
          : Promise.resolve({ ok: true, status: 204, body: '' }),
    } as unknown as Client;
    const removals = await removeLeftovers(client, [one('a'), one('b'), one('c')]);
    expect(removals.map(({ outcome }) => outcome)).toEqual(['removed', 'refused', 'removed']);
    expect(removals[1]).toMatchObject({ reason: expect.stringContaining('did not answer') as string });
  });
});
