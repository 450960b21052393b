import { fail, succeed } from '../../harness/test.ts';
import type { Combination } from './combinations.ts';

const plain: Combination = {
  attempt: 1,
  ending: 'succeeds',
  cancellation: 'never',
  way: 'delete',
  attempts: [[succeed({ Text: 'one of many' })]],
  callback: { replies: [{ status: 200 }], suffix: '' },
  received: true,
  otherUser: false,
  payload: undefined,
};

/** Combinations that no choice of rows may leave out: many that end in one millisecond, and cancellations that come too late. */
export const herd: readonly Combination[] = [
  ...Array.from({ length: 8 }, (_, index): Combination => ({
    ...plain,
    attempts: [[succeed({ Text: `one of many: ${index}`, Count: index })]],
  })),
  { ...plain, cancellation: 'during the attempt' },
  { ...plain, cancellation: 'during the attempt', ending: 'own error', attempts: [[fail('told to fail')]] },
  { ...plain, ending: 'own error', attempts: [[fail('')]] },
];
