import type { ProfileVerdict } from '../record/result.ts';

/** How the verdict on a profile is shown. */
export interface ProfileWords {
  readonly word: string;
  readonly symbol: string;
  readonly tone: 'bad' | 'open' | 'neutral' | 'good';
}

/** The words of each verdict on a profile. */
export const profileWords: Readonly<Record<ProfileVerdict['verdict'], ProfileWords>> = {
  conformant: { word: 'conformant', symbol: '✓', tone: 'good' },
  'not-conformant': { word: 'not conformant', symbol: '✕', tone: 'bad' },
  undecided: { word: 'undecided', symbol: '?', tone: 'open' },
  'not-offered': { word: 'not offered', symbol: '–', tone: 'neutral' },
};

/** A verdict with its numbers, e.g. "undecided: 58 of 62 required clauses hold, 4 were not tested". */
export function profileText({ verdict, musts }: Pick<ProfileVerdict, 'verdict' | 'musts'>): string {
  const { held, broken, undecided, untested } = musts;
  const all = held + broken + undecided + untested;
  const parts = [
    `${held} of ${all} required clauses hold`,
    ...(broken === 0 ? [] : [`${broken} ${broken === 1 ? 'is' : 'are'} broken`]),
    ...(undecided === 0 ? [] : [`${undecided} could not be decided`]),
    ...(untested === 0 ? [] : [`${untested} ${untested === 1 ? 'was' : 'were'} not tested`]),
  ];
  return `${profileWords[verdict].word}: ${parts.join(', ')}`;
}
