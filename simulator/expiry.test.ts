import { afterEach, describe, expect, it, vi } from 'vitest';
import { clearExpired, clearRegularly } from './expiry.ts';
import { createSimulator } from './simulator.ts';
import { createOperationStore } from './store.ts';
import { exampleOperation } from './store/example.fixture.ts';

describe('what has expired', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is cleared away in slices, all of it and nothing else', async () => {
    const store = createOperationStore({ expiresAt: ({ sequence }) => sequence });
    for (let sequence = 1; sequence <= 3_000; sequence += 1)
      store.put(exampleOperation({ id: String(sequence), sequence }));
    await clearExpired(store, 2_000);
    expect(store.size).toBe(1_000);
  });

  it('leaves by itself on the clock of the machine, until the simulator is disposed of', async () => {
    vi.useFakeTimers();
    const store = createOperationStore({ expiresAt: ({ createdOn }) => createdOn + 5_000 });
    store.put(exampleOperation({ id: '1', sequence: 1, createdOn: Date.now() }));
    const stop = clearRegularly(store);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(store.size).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.size).toBe(0);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    const simulator = createSimulator({ clock: 'real' });
    expect(vi.getTimerCount()).toBe(1);
    simulator.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
