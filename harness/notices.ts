import { currentRunPlan } from '../record/run-plan.ts';
import type { Blame } from '../record/outcome.ts';
import { maskDeep } from './mask.ts';
import { oneLine } from './visible.ts';

/**
 * What a worker tells the command line: that it waits since the target asks for it, that it may wait that
 * long for what the target does in its own time, that it has waited enough, that something from outside
 * disturbs it, that the virtual clock made an advance and did not answer (after so many that it answered), that it made a
 * row in the target or removed it again, or how many requests it has sent in all.
 */
export type Notice =
  | { readonly kind: 'waiting'; readonly milliseconds: number; readonly why: string }
  | { readonly kind: 'patient'; readonly milliseconds: number }
  | { readonly kind: 'gave-up'; readonly why: string }
  | { readonly kind: 'disturbed'; readonly source: Blame; readonly message: string }
  | { readonly kind: 'clock-silent'; readonly answered: number }
  | { readonly kind: 'requests'; readonly sent: number }
  | { readonly kind: 'made' | 'gone'; readonly set: string; readonly id: string };

/** The notices that are for people. */
type SpokenNotice = Extract<Notice, { kind: 'waiting' | 'gave-up' }>;

const prefix = 'bgop-notice ';

/** A notice for a reader. */
export function noticeText(notice: SpokenNotice): string {
  if (notice.kind === 'gave-up') return notice.why;
  return `the target asks for patience (${notice.why}): waiting ${Math.ceil(notice.milliseconds / 1_000)} s`;
}

/** Tells it on standard error: in a run of `bgop verify` for the reporter, else what is for people. */
export function tellNotice(notice: Notice): void {
  // Masked here: the command line does not know every token that a worker has got.
  const told = maskDeep(notice);
  if (currentRunPlan()?.kind === 'verify')
    process.stderr.write(`${prefix}${JSON.stringify(told)}
`);
  else if (told.kind === 'waiting' || told.kind === 'gave-up')
    process.stderr.write(`${oneLine(`bgop: ${noticeText(told)}`)}
`);
}

/** The notices in what a worker wrote. */
export function noticesIn(text: string): Notice[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .flatMap((line) => {
      try {
        return [JSON.parse(line.slice(prefix.length)) as Notice];
      } catch {
        return [];
      }
    });
}
