import { describe, expect, it } from 'vitest';
import type { LogOptions } from './simulate-log.ts';
import { createLog } from './simulate-log.ts';
import { guarded } from './terminal.ts';

const now = () => new Date('2026-03-04T05:06:07.089Z');
const request = { method: 'POST', target: '/api/x?y=1', status: 202, durationMs: 1.26, operation: 'id' };

function written(options: LogOptions) {
  const lines: string[] = [];
  const terminal = guarded({
    out: (line) => lines.push(line),
    err: (line) => lines.push(`! ${line}`),
  });
  const log = createLog(terminal, options, now);
  log.listening('http://h:1');
  log.note('warning: w');
  log.answered?.(request);
  log.answered?.({ ...request, status: undefined, operation: undefined });
  return lines;
}

describe('the log of bgop simulate', () => {
  it.each<[LogOptions, string[]]>([
    [{}, ['listening on http://h:1', '! warning: w']],
    [{ quiet: true }, ['! warning: w']],
    [
      { verbose: true },
      [
        'listening on http://h:1',
        '! warning: w',
        '05:06:07.089 POST /api/x?y=1 202 1.3 ms, operation id',
        '05:06:07.089 POST /api/x?y=1 cut 1.3 ms',
      ],
    ],
  ])('%j', (options, lines) => {
    expect(written(options)).toEqual(lines);
  });

  it('writes one JSON object a line', () => {
    const lines = written({ verbose: true, logFormat: 'json' }).map(
      (line) => JSON.parse(line.replace('! ', '')) as unknown,
    );
    const time = '2026-03-04T05:06:07.089Z';
    expect(lines).toEqual([
      { time, level: 'info', message: 'listening', url: 'http://h:1' },
      { time, level: 'warn', message: 'warning: w' },
      { time, level: 'info', message: 'request', ...request },
      { time, level: 'info', message: 'request', method: 'POST', target: '/api/x?y=1', durationMs: 1.26 },
    ]);
  });
});
