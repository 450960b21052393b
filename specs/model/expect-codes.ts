import type { ClauseId } from '../../contract/clauses.ts';
import { isKnownPair } from '../../contract/lifecycle.ts';
import type { StatusCode } from '../../contract/vocabulary.ts';
import type { ShownCodes } from '../../harness/reading.ts';
import { phaseOf, type Story } from './story.ts';

/** What may be shown at a moment, and the clause that says so. */
interface Allowed {
  readonly status: readonly StatusCode[];
  readonly clause: ClauseId;
}

const stateOf: Readonly<Record<StatusCode, number>> = { 0: 0, 20: 2, 22: 2, 30: 3, 31: 3, 32: 3 };

/** What is wrong with the codes that a view of an operation shows while time stands still; undefined where nothing is. */
export function wrongCodes(
  { state, status }: ShownCodes,
  story: Story,
): { readonly clause: ClauseId; readonly wanted: string } | undefined {
  const allowed = allowedIn(story);
  const right = allowed.status.some((one) => one === status && stateOf[one] === state);
  if (right) return undefined;
  const wanted = allowed.status.map((one) => `(${stateOf[one]},${one})`).join(' or ');
  if (!isKnownPair(state, status)) return { clause: 'state.known-pairs', wanted };
  const stopped = story.canceled !== undefined && state === 3 && phaseOf(story) === 'running';
  return { clause: stopped ? 'cancel.running-is-not-stopped' : allowed.clause, wanted };
}

function allowedIn(story: Story): Allowed {
  const { canceled, attempts } = story;
  const phase = phaseOf(story);
  if (canceled !== undefined) {
    switch (phase) {
      case 'waiting':
        return { status: [22, 32], clause: 'cancel.shows-canceling' };
      case 'running':
        return { status: [22], clause: 'cancel.shows-canceling' };
      case 'between':
        return { status: [22, 31, 32], clause: 'cancel.shows-canceling' };
      case 'succeeded':
        return { status: [30, 32], clause: 'state.succeeded' };
      case 'failed':
        return { status: [31, 32], clause: 'state.failed' };
      case 'canceled':
        return { status: [32], clause: 'state.canceled' };
    }
  }
  switch (phase) {
    case 'waiting':
      return { status: [0], clause: 'state.waiting' };
    case 'running':
      return { status: [20], clause: 'state.executing' };
    case 'between':
      // Whether one that shows its end has come to it is told by whether a further attempt is made.
      return { status: [0, 20, 31], clause: 'retry.not-terminal-between' };
    case 'succeeded':
      return { status: [30], clause: attempts.length > 1 ? 'retry.recovers' : 'state.succeeded' };
    case 'failed':
      return { status: [31], clause: 'state.failed' };
    case 'canceled':
      return { status: [32], clause: 'state.canceled' };
  }
}
