import type { AnsweredRequest } from '../simulator/server.ts';
import type { Terminal } from './terminal.ts';

/** How much `bgop simulate` tells, and in which form. */
export interface LogOptions {
  /** A line for each request. */
  readonly verbose?: boolean;
  /** Warnings only. */
  readonly quiet?: boolean;
  readonly logFormat?: 'text' | 'json';
}

/** What `bgop simulate` tells while it serves. */
export interface Log {
  /** That it is ready at this address. */
  readonly listening: (url: string) => void;
  /** Something to know; to standard error. */
  readonly note: (line: string) => void;
  /** A request that was answered; undefined where no request is told of. */
  readonly answered: ((request: AnsweredRequest) => void) | undefined;
}

/** Makes a log that writes to a terminal, one line an event: text to read, or JSON for programs. */
export function createLog(terminal: Terminal, options: LogOptions, now: () => Date = () => new Date()): Log {
  const { verbose = false, quiet = false, logFormat = 'text' } = options;
  const json = logFormat === 'json';
  const line = (level: 'info' | 'warn', message: string, fields: object = {}) =>
    JSON.stringify({ time: now().toISOString(), level, message, ...fields });
  return {
    listening: (url) => {
      if (!quiet) terminal.out(json ? line('info', 'listening', { url }) : `listening on ${url}`);
    },
    note: (text) => {
      terminal.err(json ? line('warn', text.trim()) : text);
    },
    answered: !verbose
      ? undefined
      : (request) => {
          terminal.out(json ? line('info', 'request', request) : requestLine(request, now()));
        },
  };
}

/** E.g. `09:31:07.042 POST /api/data/v9.2/sample_Echo 202 1.3 ms, operation 5f0c…`. */
function requestLine({ method, target, status, durationMs, operation }: AnsweredRequest, at: Date): string {
  const time = at.toISOString().slice(11, 23);
  const took = `${durationMs.toFixed(1)} ms`;
  const about = operation === undefined ? '' : `, operation ${operation}`;
  return `${time} ${method} ${target} ${status ?? 'cut'} ${took}${about}`;
}
