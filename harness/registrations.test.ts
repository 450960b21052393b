import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';
import { EventRegistrations } from './registrations.ts';
import { openTarget, type Target } from './target.ts';
import { TransportError } from './verdict.ts';

const set = 'serviceendpoints';

/** A target that answers DELETE of the rows `hangs` never, of `cut` with an error, and of others with 204. */
async function opened(): Promise<{ target: Target; removed: string[] }> {
  const target = await openTarget(parseConfig({ target: { kind: 'simulator' } }));
  const removed: string[] = [];
  const transport: Target['transport'] = {
    send: ({ url }) => {
      const id = /\((\w+)\)$/.exec(url)?.[1] ?? '';
      removed.push(id);
      if (id === 'hangs') return new Promise(() => undefined);
      if (id === 'cut') return Promise.reject(new TransportError('socket hang up'));
      return Promise.resolve({ status: 204, headers: [], body: '' });
    },
    close: () => Promise.resolve(),
  };
  return { target: { ...target, transport }, removed };
}

describe('what a worker registered', () => {
  it('is removed when it is discarded and the check has ended, not before', async () => {
    const { target, removed } = await opened();
    const registrations = new EventRegistrations(target);
    const row = registrations.keep({ set, id: 'a' });
    registrations.keep({ set, id: 'b' });
    registrations.discard(row);
    expect(removed).toEqual([]);
    await registrations.tidy();
    expect(removed).toEqual(['a']);
    await registrations.close();
    expect(removed).toEqual(['a', 'b']);
  });

  it('is tried again at the end where it could not be removed', async () => {
    const { target, removed } = await opened();
    const registrations = new EventRegistrations(target);
    for (const id of ['cut', 'a', 'hangs']) registrations.discard(registrations.keep({ set, id }));
    await registrations.tidy(20);
    expect(removed).toEqual(['cut', 'a', 'hangs']);
    await registrations.close(20);
    expect(removed.slice(3)).toEqual(['hangs']);
  });
});
