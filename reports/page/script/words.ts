import type { Basis, Level } from '../../../contract/clause.ts';
import type { Outcome } from '../../../record/outcome.ts';
import type { Verdict } from '../../../record/result.ts';

/** How a verdict is shown: a word, a symbol that needs no colour, and what it means. */
export interface VerdictWords {
  readonly word: string;
  readonly symbol: string;
  readonly meaning: string;
}

/** The words of each verdict. */
export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  failed: { word: 'Failed', symbol: '✕', meaning: 'A requirement (MUST) is broken.' },
  'known-deviation': {
    word: 'Known deviation',
    symbol: '≠',
    meaning: 'Broken, and listed by the owner of the target with a reason.',
  },
  warned: { word: 'Warned', symbol: '!', meaning: 'A recommendation (SHOULD) is broken.' },
  inconclusive: {
    word: 'Inconclusive',
    symbol: '?',
    meaning: 'The check ran and could not decide, or what it builds on is broken.',
  },
  'not-tested': {
    word: 'Not tested',
    symbol: '–',
    meaning: 'The target lacks what the check needs, or the requirement was left out.',
  },
  observed: {
    word: 'Observed',
    symbol: '○',
    meaning: 'Optional: reported, not judged.',
  },
  passed: { word: 'Passed', symbol: '✓', meaning: 'Checked, and it holds.' },
};

/** The words of each outcome of a single check. */
export const outcomeWords: Readonly<Record<Outcome, VerdictWords & { readonly looks: Verdict }>> = {
  passed: { ...verdictWords.passed, looks: 'passed' },
  failed: {
    word: 'Failed',
    symbol: '✕',
    meaning: 'The check found the requirement broken.',
    looks: 'failed',
  },
  inconclusive: { ...verdictWords.inconclusive, looks: 'inconclusive' },
  'not-tested': { ...verdictWords['not-tested'], looks: 'not-tested' },
  unanswered: {
    word: 'No answer',
    symbol: '?',
    meaning: 'No usable answer came from the target: refused, reset, or too late.',
    looks: 'inconclusive',
  },
  error: {
    word: 'Error of the suite',
    symbol: '?',
    meaning: 'The suite itself failed; this says nothing about the target.',
    looks: 'inconclusive',
  },
};

/** What a level means to the reader; the letter stands in the map. */
export const levelWords: Readonly<Record<Level, { readonly letter: string; readonly meaning: string }>> = {
  MUST: { letter: 'M', meaning: 'Required. A target that breaks it is not conformant.' },
  SHOULD: { letter: 'S', meaning: 'Recommended. Breaking it is a warning, not a failure.' },
  MAY: { letter: 'o', meaning: 'Optional. The suite reports what the target does and does not judge it.' },
};

/** What a basis means to the reader. */
export const basisWords: Readonly<Record<Basis, string>> = {
  stated: 'The documentation says so in prose or in a table.',
  shown: 'Only an example in the documentation shows it.',
  derived:
    'It follows from a standard, from general documentation or from something stated; the documentation itself does not say it.',
};

/** A duration for people: "12 ms", "3.4 s", "2 min 5 s", "3 h", "90 d". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${trim(seconds)} s`;
  if (seconds < 3600) return two(seconds, 60, 'min', 's');
  if (seconds < 86_400) return two(seconds / 60, 60, 'h', 'min');
  return two(seconds / 3600, 24, 'd', 'h');
}

function trim(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '');
}

function two(smaller: number, per: number, large: string, small: string): string {
  const whole = Math.floor(Math.round(smaller) / per);
  const rest = Math.round(smaller) % per;
  return rest === 0 ? `${whole} ${large}` : `${whole} ${large} ${rest} ${small}`;
}

/** A count with its noun, e.g. "1 check", "2 checks". */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** A text with a capital at its beginning. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A requirement as a sentence of its own. */
export function sentence(text: string): string {
  return `${capital(text)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}
