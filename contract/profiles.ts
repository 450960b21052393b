import type { Clause, Need } from './clause.ts';

/**
 * A named set of capabilities: a target that offers no more than these can be conformant to the profile.
 * It consists of its own clauses and of those of the profile that it extends.
 */
export interface Profile {
  /** As `--require profile:NAME` takes it, with or without the spaces. */
  readonly name: string;
  /** What a target of this profile does, in one sentence. */
  readonly meaning: string;
  /** The name of the profile whose clauses are in this one too. */
  readonly extends?: string;
  /** The sections of its own clauses. */
  readonly sections: readonly string[];
  /** What the target has to offer; no clause that needs more is in the profile. */
  readonly needs: readonly Need[];
}

const core = 'core';

/** The profiles, from the smallest to the whole. */
export const profiles: readonly Profile[] = [
  {
    name: core,
    meaning: 'Accepts operations, shows state, outputs and errors in the monitor, cancels by DELETE.',
    sections: ['submit', 'prefer', 'monitor', 'unknown', 'state', 'cancel', 'error'],
    needs: ['probe'],
  },
  {
    name: 'core + table',
    meaning: 'Shows operations as rows of the backgroundoperations table too, and cancels by PATCH.',
    extends: core,
    sections: ['submit', 'monitor', 'unknown', 'table', 'cancel', 'ttl'],
    needs: ['probe', 'table'],
  },
  {
    name: 'core + retries',
    meaning: 'Retries failed attempts and ends those that take too long.',
    extends: core,
    sections: ['retry', 'time-limit'],
    needs: ['probe'],
  },
  {
    name: 'core + callbacks',
    meaning: 'Calls the address back that a submission names.',
    extends: core,
    sections: ['prefer', 'callback'],
    needs: ['probe', 'callback'],
  },
  {
    name: 'core + events',
    meaning: 'Raises OnBackgroundOperationComplete for subscribers.',
    extends: core,
    sections: ['event'],
    needs: ['probe', 'event', 'event-step'],
  },
  {
    name: 'core + access',
    meaning: 'Authenticates callers and refuses users without the privileges.',
    extends: core,
    sections: ['access'],
    needs: ['probe', 'auth', 'unprivileged'],
  },
  {
    name: 'core + sdk',
    meaning: 'Serves clients of the SDK for .NET through the organization service.',
    extends: core,
    sections: ['sdk'],
    needs: ['probe', 'sdk'],
  },
  {
    name: 'core + flows',
    meaning: 'Serves Power Automate: performs, calls back, and tells callback registrations of completions.',
    extends: core,
    sections: ['flow'],
    needs: ['probe', 'callback', 'callback-registration'],
  },
  {
    name: 'full',
    meaning: 'Everything that the Web API documents, on a clock that the suite controls.',
    sections: [
      ...['submit', 'prefer', 'monitor', 'unknown', 'state', 'table', 'cancel', 'retry', 'error'],
      ...['time-limit', 'callback', 'event', 'ttl', 'access'],
    ],
    needs: [
      ...(['probe', 'clock', 'table', 'callback', 'event', 'event-step'] as const),
      ...(['auth', 'other', 'unprivileged'] as const),
    ],
  },
];

/** Finds a profile by its name; spaces and case do not matter. */
export function findProfile(name: string): Profile | undefined {
  const plain = plainName(name);
  return profiles.find((profile) => plainName(profile.name) === plain);
}

function plainName(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase();
}

/** The clauses that a profile has beyond the one that it extends. */
export function ownClauses(profile: Profile, catalogued: readonly Clause[]): Clause[] {
  const base = baseOf(profile);
  const inherited = new Set((base === undefined ? [] : clausesOf(base, catalogued)).map(({ id }) => id));
  return catalogued.filter(
    ({ id, section, needs }) =>
      profile.sections.includes(section) &&
      !inherited.has(id) &&
      neededOn(needs).every((need) => profile.needs.includes(need)),
  );
}

/** All clauses of a profile. */
export function clausesOf(profile: Profile, catalogued: readonly Clause[]): Clause[] {
  const base = baseOf(profile);
  const own = new Set(ownClauses(profile, catalogued));
  const inherited = new Set(base === undefined ? [] : clausesOf(base, catalogued));
  return catalogued.filter((clause) => own.has(clause) || inherited.has(clause));
}

function baseOf({ extends: base }: Profile): Profile | undefined {
  return base === undefined ? undefined : findProfile(base);
}

/** What a clause needs of the target itself: waiting in real time takes the place of a virtual clock. */
function neededOn(needs: readonly Need[]): Need[] {
  const waits = needs.includes('slow');
  return needs.filter((need) => need !== 'slow' && !(need === 'clock' && waits));
}
