import { describe, expect, it } from 'vitest';
import type { ProgressMessage } from '../progress-reporter.ts';
import { createProgress } from './progress.ts';

function drawn(live: boolean, messages: readonly ProgressMessage[], columns = 60): string {
  let text = '';
  const progress = createProgress({ write: (more) => (text += more), live, columns, now: () => 0 });
  messages.forEach(progress.take);
  progress.close();
  return text;
}

const ending = (outcome: string, reason = ''): ProgressMessage => ({
  kind: 'end',
  id: 'a',
  title: 'a test',
  durationMs: 1,
  checks: [{ clause: 'a.b', outcome, reason }],
});

describe('progress', () => {
  it('is a plain line for each tenth where nobody can redraw', () => {
    const messages = [
      { kind: 'begin', total: 20, workers: 2 } as const,
      ...Array.from({ length: 20 }, () => ending('passed')),
    ];
    const lines = drawn(false, messages).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('20 checks, 2 workers');
    expect(lines.at(-1)).toBe('20 of 20 checks, 0 failed · 0 s');
  });

  it('tells a failure at once, without what would move the cursor', () => {
    const text = drawn(false, [
      { kind: 'begin', total: 100, workers: 1 },
      ending('failed', 'got \u001b[2J\nx'),
    ]);
    expect(text).toContain('✕ a.b: got \\u001b[2J\\nx\n');
  });

  it('is one line on a terminal, never wider than it', () => {
    const text = drawn(
      true,
      [
        { kind: 'begin', total: 2, workers: 1 },
        { kind: 'start', title: 'x'.repeat(200) },
      ],
      40,
    );
    const last =
      text
        .split('\r\u001b[K')
        .filter((part) => part !== '')
        .at(-1) ?? '';
    expect(last.length).toBeLessThan(40);
    expect(last).toContain('0 of 2 checks');
  });

  it('counts what could not be decided', () => {
    const text = drawn(false, [{ kind: 'begin', total: 1, workers: 1 }, ending('inconclusive')]);
    expect(text).toContain('1 of 1 checks, 0 failed, 1 undecided');
  });
});
