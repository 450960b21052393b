import { exit, type Terminal } from '../terminal.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Take = () => void;

/** Who takes a signal: the last one, who knows best what is going on. */
const takers: Take[] = [];

function receive(): void {
  takers.at(-1)?.();
}

/** Gives the signals that end a process to `take`, until it is released or another one takes them. */
export function takeSignals(take: Take): { readonly release: () => void } {
  if (takers.length === 0) for (const name of names) process.on(name, receive);
  takers.push(take);
  return {
    release: () => {
      const index = takers.lastIndexOf(take);
      if (index < 0) return;
      takers.splice(index, 1);
      if (takers.length === 0) for (const name of names) process.off(name, receive);
    },
  };
}

/** Before a run begins there is nothing to tidy up, so that a signal ends the process at once, with a word. */
export function takeEarlySignals(terminal: Terminal, end = endProcess): { readonly release: () => void } {
  return takeSignals(() => {
    terminal.err('bgop: interrupted before the run had begun; nothing was checked.');
    end();
  });
}

/** Ends the process as that of a run that could not be finished. */
export function endProcess(): void {
  process.exit(exit.unfinished);
}
