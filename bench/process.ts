import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server that runs as a process of its own. */
export interface Served {
  readonly port: number;
  /** Milliseconds from the start of the process until it said that it listens. */
  readonly readyMs: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts a server with Node and waits for its line `listening on URL`; rejects if it ends before. */
export async function serve(...args: readonly string[]): Promise<Served> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(child);
  // What else it says is read and dropped: a full pipe would hold it up.
  child.stdout.resume();
  const readyMs = performance.now() - from;
  const port = Number(/^listening on http:\/\/127\.0\.0\.1:(\d+)(?:,|$)/.exec(line)?.[1]);
  if (Number.isNaN(port)) throw new Error(`${args.join(' ')} said: ${line}`);
  return {
    port,
    readyMs,
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
  }
  return text;
}

/** Runs a program with Node to its end and answers what it printed; its errors go to the terminal. */
export async function run(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.`);
  return text;
}
