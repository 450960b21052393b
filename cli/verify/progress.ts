import { maskText } from '../../harness/mask.ts';
import { noticeText } from '../../harness/notices.ts';
import { oneLine } from '../../harness/visible.ts';
import { excerpt } from '../../harness/mask/excerpt.ts';
import { shortReason } from '../../reports/page/script/short-reason.ts';
import type { CheckEnding, ProgressMessage } from '../progress-reporter.ts';

/** What is known of a run while it goes on. */
interface Tally {
  total: number;
  ended: number;
  failed: number;
  undecided: number;
  title: string;
}

/** Draws the progress of a run. */
export interface Progress {
  readonly take: (message: ProgressMessage) => void;
  /** Wipes what is not meant to stay. */
  readonly close: () => void;
}

/** Where progress is drawn. */
export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** One line that is rewritten, instead of a line now and then. */
  readonly live: boolean;
  readonly columns?: number;
  /** Milliseconds; for the elapsed time. */
  readonly now?: () => number;
}

/** One live line on a terminal; elsewhere a plain line for each tenth of the run and each failure. */
export function createProgress({ write, live, columns = 80, now = Date.now }: ProgressOptions): Progress {
  const began = now();
  const tally: Tally = { total: 0, ended: 0, failed: 0, undecided: 0, title: '' };
  let told = 0;
  const seconds = (): string => `${Math.round((now() - began) / 1000)} s`;
  const wipe = (): void => {
    if (live) write('\r\u001b[K');
  };
  const line = (text: string): void => {
    wipe();
    write(`${plain(maskText(text))}\n`);
  };
  const draw = (): void => {
    if (!live) return;
    const text = `${counts(tally)} · ${seconds()} · ${tally.title}`;
    write(`\r\u001b[K${plain(excerpt(text, Math.max(20, columns - 1)))}`);
  };
  const milestone = (): void => {
    const tenths = Math.floor((tally.ended * 10) / Math.max(1, tally.total));
    if (live || tenths === told) return;
    told = tenths;
    line(`${counts(tally)} · ${seconds()}`);
  };
  return {
    take: (message) => {
      switch (message.kind) {
        case 'begin':
          tally.total = message.total;
          line(`${message.total} checks, ${plural(message.workers, 'worker')}`);
          break;
        case 'start':
          tally.title = plain(message.title);
          break;
        case 'end':
          tally.ended += 1;
          for (const text of count(tally, message.checks)) line(text);
          milestone();
          break;
        case 'error':
          line(`error: ${plain(message.message.split('\n', 1)[0] ?? '')}`);
          break;
        case 'waiting':
        case 'gave-up':
          line(plain(noticeText(message)));
          break;
        // It has nothing to tell to people: most of these waits are over long before.
        case 'patient':
        case 'done':
        // The summary tells it, once for each kind.
        case 'disturbed':
        // These are for the command line itself.
        case 'made':
        case 'gone':
        case 'clock-silent':
          break;
      }
      draw();
    },
    close: wipe,
  };
}

function counts({ total, ended, failed, undecided }: Tally): string {
  const open = undecided === 0 ? '' : `, ${undecided} undecided`;
  return `${ended} of ${total} checks, ${failed} failed${open}`;
}

/** Adds up one test; gives the lines that are worth telling at once. */
function count(tally: Tally, checks: readonly CheckEnding[]): string[] {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const open = checks.filter(
    ({ outcome }) => outcome !== 'passed' && outcome !== 'failed' && outcome !== 'not-tested',
  );
  if (failed.length > 0) tally.failed += 1;
  else if (open.length > 0) tally.undecided += 1;
  return failed.map(({ clause, branch, reason = '' }) => {
    const where = branch === undefined ? '' : ` [${branch}]`;
    return `✕ ${clause}${where}: ${excerpt(plain(shortReason(reason)), 300)}`;
  });
}

/** What a target said, in one line: it must not move the cursor or colour the terminal. */
export function plain(text: string): string {
  return oneLine(text).trim();
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
