import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { describeHappening } from '../../traffic/describe.ts';
import type { Happening } from '../../traffic/happening.ts';
import { LiveJudge } from '../../traffic/live.ts';
import { TakeIn, type RawExchange } from '../../traffic/take-in.ts';
import { lineOf } from '../../traffic/write-line.ts';
import type { Terminal } from '../terminal.ts';

/** How often what came is written, judged and told, and how many characters of it may wait. */
const everyMs = 100;
const mostWaiting = 4_000_000;

/** Milliseconds of each tenth of a second that go to judging; in a flood the oldest operations go unjudged here. */
const budgetMs = 10;

/** Lines about exchanges in one go; more than these nobody reads. The file has them all. */
const mostLines = 50;

/** Takes what passes a proxy. */
export interface ProxyRecorder {
  readonly record: (raw: RawExchange) => void;
  /** Writes what waits, and ends the file. */
  readonly close: () => Promise<void>;
}

/**
 * Writes each exchange to a file, secrets masked, and what is new in it to the terminal. What comes within a tenth
 * of a second is done at once: the traffic does not wait for it.
 */
export function proxyRecorder(file: WriteStream, terminal: Terminal): ProxyRecorder {
  const takeIn = new TakeIn();
  const judge = new LiveJudge();
  let lines: string[] = [];
  let characters = 0;
  let happenings: Happening[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    file.write(lines.join(''));
    for (const one of happenings.slice(0, mostLines)) tell(one, terminal);
    const left = happenings.length - mostLines;
    if (left > 0) terminal.out(`… and ${left} more.`);
    for (const { operation, clause, reason } of judge.judge(budgetMs))
      terminal.out(`  ✕ ${clause}: ${reason}${operation === '' ? '' : ` [${operation}]`}`);
    lines = [];
    characters = 0;
    happenings = [];
  };
  return {
    record: (raw) => {
      const exchange = takeIn.take(raw);
      const line = lineOf(exchange);
      lines.push(line);
      characters += line.length;
      happenings.push(...judge.add(exchange));
      if (characters > mostWaiting) flush();
      else timer ??= setTimeout(flush, everyMs);
    },
    close: async () => {
      if (timer !== undefined) flush();
      file.end();
      await once(file, 'close');
    },
  };
}

function tell(happening: Happening, terminal: Terminal): void {
  const id = 'id' in happening ? (happening.id ?? '') : '';
  terminal.out(`${id.padEnd(36)} ${describeHappening(happening)}`);
}
