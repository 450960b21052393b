import type { Leftover, Search } from './leftovers.ts';
import type { Removal } from './remove.ts';

/** What `bgop cleanup` found and did. */
export interface Cleanup extends Search {
  /** Absent when it only looked. */
  readonly removals?: readonly Removal[];
  /** The one run that was looked for. */
  readonly run?: string;
  /** The command with what led to this target, as typed; options are to follow. */
  readonly command: string;
}

const words = {
  step: ['step', 'steps'],
  webhook: ['webhook', 'webhooks'],
  registration: ['callback registration', 'callback registrations'],
  operation: ['operation that has not ended', 'operations that have not ended'],
  container: ['container', 'containers'],
} as const;

/** The result in lines, for people. */
export function cleanupLines({ found, removals, unseen, refused, run, command }: Cleanup): string[] {
  const notes = [...unseen, ...refused].map((sentence) => `Not looked at: ${sentence}.`);
  if (found.length === 0) {
    const nothing = run === undefined ? 'No run left anything behind' : `Run ${run} left nothing behind`;
    return [refused.length === 0 ? `${nothing}.` : `${nothing} where the target let us look.`, ...notes];
  }
  const lines = [...Map.groupBy(found, (one) => one.run)].map(
    ([id, left]) => `Run ${id} left behind: ${counted(left)}.`,
  );
  return [
    ...lines,
    '',
    ...(removals === undefined ? looked(found, run, command) : removed(removals)),
    ...notes,
  ];
}

function looked(found: readonly Leftover[], run: string | undefined, command: string): string[] {
  const ids = [...new Set(found.map((one) => one.run))];
  const all = run === undefined && ids.length > 1 ? [`  ${command} --all`, ''] : [];
  return [
    ...found.map((one) => row('left', one)),
    '',
    'Nothing was removed. A run that is at work now is in this list, too. To remove:',
    ...ids.map((id) => `  ${command} --run ${id}`),
    ...all,
  ];
}

function removed(removals: readonly Removal[]): string[] {
  const count = (...outcomes: readonly Removal['outcome'][]): number =>
    removals.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const refused = count('refused');
  // A cleanup is either of a target or of an engine.
  const [place, done] = removals.some(({ kind }) => kind === 'container')
    ? ['engine', `${count('removed')} containers removed`]
    : ['target', `${count('removed')} registrations removed, ${count('canceled')} operations canceled`];
  return [
    ...removals.map((one) => row(one.outcome, one, one.outcome === 'refused' ? ` (${one.reason})` : '')),
    '',
    `${done}, ${count('gone')} were gone already.`,
    ...(refused === 0
      ? []
      : [
          `${refused} could not be removed: see what the ${place} answered, and whether the user may do this.`,
        ]),
  ];
}

function row(outcome: string, { kind, id, name }: Leftover, reason = ''): string {
  // Of a container's id the engine's own listings show, and take, as much.
  const told = kind === 'container' ? id.slice(0, 12) : id;
  return `  ${outcome.padEnd(8)}  ${kind.padEnd(9)}  ${told}  ${name}${reason}`;
}

function counted(leftovers: readonly Leftover[]): string {
  const parts = [...Map.groupBy(leftovers, ({ kind }) => kind)].map(
    ([kind, { length }]) => `${length} ${words[kind][length === 1 ? 0 : 1]}`,
  );
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}
