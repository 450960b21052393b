import { appendFileSync, readFileSync } from 'node:fs';
import { sharedFiles } from '../record/run-plan.ts';
import type { Blame, Disruption } from '../record/outcome.ts';
import { maskText } from './mask.ts';
import { tellNotice } from './notices.ts';

/** The most kinds that a result tells; whoever writes to the suite must not fill it. */
const mostKinds = 100;

/** What was noted in this process, where no file is named. */
let here: Disruption[] = [];

/**
 * Notes that something from outside disturbed the run. All processes of a run share the notes through a
 * file, one line each, so that the report can tell them.
 *
 * @param file the file of the run
 * @param message one plain sentence without a full stop, the same for each time that the same thing happens
 */
export function noteDisruption(source: Blame, message: string, file = sharedFiles()?.disruptions): void {
  const note: Disruption = { source, message: maskText(message), times: 1 };
  // What a worker tells goes into the journal and into the part of a shard, where the file does not.
  tellNotice({ kind: 'disturbed', source, message: note.message });
  if (file === undefined) {
    here = gathered([...here, note]);
    return;
  }
  try {
    appendFileSync(file, `${JSON.stringify(note)}\n`);
  } catch {
    // A note that cannot be kept must not end the check that it is about.
  }
}

/** What disturbed the run by now, one entry a kind, what happened most often first. */
export function disruptionsNoted(file = sharedFiles()?.disruptions): Disruption[] {
  return file === undefined ? here : gathered(read(file));
}

/** Forgets what was noted in this process. */
export function forgetDisruptions(): void {
  here = [];
}

/** One entry for each kind of disruption, what happened most often first. */
export function gathered(notes: readonly Disruption[]): Disruption[] {
  const kinds = new Map<string, Disruption>();
  for (const note of notes) {
    const key = `${note.source} ${note.message}`;
    const times = (kinds.get(key)?.times ?? 0) + note.times;
    if (kinds.has(key) || kinds.size < mostKinds) kinds.set(key, { ...note, times });
  }
  return [...kinds.values()].sort((a, b) => b.times - a.times);
}

function read(file: string): Disruption[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Disruption];
    } catch {
      // The process ended in the middle of a line.
      return [];
    }
  });
}
