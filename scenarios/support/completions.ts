import type { Need } from '../../contract/clause.ts';
import type { Operation } from '../../harness/operation.ts';
import type { CallOptions } from '../../harness/probe-calls.ts';
import { ends } from './ends.ts';
import type { MomentTools } from './moments.ts';

/** An end of an operation of which others are told, by callback or event. */
export interface Completion {
  /** For titles and branches: "after success". */
  readonly when: string;
  readonly needs: readonly Need[];
  /** Whether callback and event must come; after a cancellation they only should. */
  readonly certain: boolean;
  /** Brings a new operation there, submitted with further options. */
  readonly reach: (tools: MomentTools, options?: Omit<CallOptions, 'attempts'>) => Promise<Operation>;
}

function known(when: string, certain: boolean): Completion {
  const end = ends.find(({ after }) => after === when);
  if (end === undefined) throw new Error(`ends.ts knows no end "${when}"`);
  return {
    when,
    needs: end.needs,
    certain,
    reach: ({ submit, ...tools }, options) =>
      end.reach({ ...tools, submit: (own) => submit({ ...own, ...options }) }),
  };
}

/** The ends that callbacks and events tell of. */
export const completions: Readonly<
  Record<
    'success' | 'recovery' | 'failure' | 'canceledWaiting' | 'canceledRunning' | 'canceledBetween',
    Completion
  >
> = {
  success: known('after success', true),
  recovery: known('after a retry that succeeded', true),
  failure: known('after the last failure', true),
  canceledWaiting: known('after a cancellation before the start', false),
  canceledRunning: known('after a cancellation during the attempt', false),
  canceledBetween: known('after a cancellation between two attempts', false),
};
