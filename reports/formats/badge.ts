import { profileWords } from '../profile-words.ts';
import type { ProfileVerdict, Result } from '../../record/result.ts';
import { mustsOf, standing, type Musts, type Standing } from '../standing.ts';

/** What a badge shows. */
interface Shown {
  readonly message: string;
  readonly color: string;
}

/**
 * The result as a badge in the endpoint format of shields.io (schema version 1); of one profile where its
 * name is given. Green is only what was tested as a whole and excuses nothing.
 */
export function badge(result: Result, profile?: ProfileVerdict): string {
  const label = profile === undefined ? 'background operations' : `background operations: ${profile.name}`;
  const { message, color } = profile === undefined ? whole(result) : ofProfile(profile);
  return `${JSON.stringify({ schemaVersion: 1, label, message, color }, null, 2)}\n`;
}

function whole(result: Result): Shown {
  return shown[standing(result)](mustsOf(result));
}

const incomplete: Shown = { message: 'incomplete', color: 'lightgrey' };

const shown: Readonly<Record<Standing, (musts: Musts) => Shown>> = {
  broken: ({ broken, all }) => ({ message: `${broken.length} of ${all.length} broken`, color: 'red' }),
  problem: () => ({ message: 'failing', color: 'red' }),
  incomplete: () => incomplete,
  undecided: () => incomplete,
  partial: ({ held, all, leftOut }) => ({
    message: `partial: ${held.length} of ${all.length - leftOut.length} hold`,
    color: 'blue',
  }),
  open: (musts) => ({ message: `${holding(musts)}, ${musts.undecided.length} undecided`, color: 'blue' }),
  known: (musts) => ({ message: `${holding(musts)}, ${musts.known.length} known`, color: 'blue' }),
  'not-broken': (musts) => ({ message: holding(musts), color: 'green' }),
  conformant: (musts) => ({ message: holding(musts), color: 'brightgreen' }),
};

function holding({ held, all }: Musts): string {
  return `${held.length} of ${all.length} hold`;
}

const profileColors = { good: 'brightgreen', bad: 'red', open: 'lightgrey', neutral: 'lightgrey' } as const;

function ofProfile({ verdict, musts: { held, broken, undecided, untested } }: ProfileVerdict): Shown {
  const { word, tone } = profileWords[verdict];
  const all = held + broken + undecided + untested;
  const count = verdict === 'not-offered' ? '' : `, ${held} of ${all} hold`;
  return { message: `${word}${count}`, color: profileColors[tone] };
}
