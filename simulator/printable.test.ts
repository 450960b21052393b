import { afterEach, describe, expect, it, vi } from 'vitest';
import { printable } from './printable.ts';
import { createSimulator } from './simulator.ts';

const nasty = '\u001b[2J\u009b31m\u202eevil\u2066\r\n::error::owned\n##vso[task.complete]\u2028\ud800\u200b';

describe('printable', () => {
  it('leaves nothing that a terminal or the log of a pipeline obeys', () => {
    const text = printable(new Error(nasty, { cause: new Error(nasty) }));
    expect(text).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    expect(text).not.toMatch(/^\s*(::|##)/m);
    expect(
      text
        .split('\n')
        .slice(1)
        .every((line) => /^\s/.test(line)),
    ).toBe(true);
    expect(text).toContain('evil');
    expect(text).toContain('caused by');
  });

  it('takes what is no error, and causes that go round', () => {
    expect(printable('a\u0007b')).toBe('a\\u0007b');
    const round = new Error('round');
    round.cause = round;
    expect(printable(round).length).toBeLessThan(20_000);
  });
});

describe('a fault of the simulator', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is told without the control characters of whoever caused it', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const simulator = createSimulator({
      acceptToken: () => {
        throw new Error(nasty);
      },
    });
    const headers = { authorization: 'Bearer anything' };
    const request = { method: 'GET', path: '/api/data/v9.2/WhoAmI', query: '', origin: 'http://x', headers };
    const answer = await simulator.handle({ ...request, prefer: [], body: '' });
    expect(answer.status).toBe(400);
    const text = told.mock.calls.flat().join(' ');
    expect(text).toContain('A fault of the simulator itself');
    expect(text).not.toMatch(/[^\P{C}\n]|^\s*::/mu);
    simulator.dispose();
  });
});
