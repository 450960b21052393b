import { stopwatch } from '../harness/stopwatch.ts';
import { sameCodes } from '../harness/reading.ts';
import type { Operation } from '../harness/operation.ts';
import { pairs } from '../contract/vocabulary.ts';
import { clause, expect, test } from '../harness/test.ts';
import { turns } from './support/race.ts';

/** More than some targets execute at one time. */
const many = 60;
/** Real milliseconds in which a call that is on its way arrives. */
const onTheWayMs = 2_000;

test(
  'operations that wait for their turn MUST be (0,0), however many others are executed',
  clause('state.waiting', { branch: 'many at once', needs: ['probe', 'clock'] }),
  async ({ submit, clock }) => {
    const release = Promise.withResolvers<void>();
    let moved: Promise<unknown> = Promise.resolve();
    let suspects: readonly Operation[] = [];
    let seenAt = 0;
    try {
      const submitted = Array.from({ length: many }, () => submit({ during: { 1: () => release.promise } }));
      const operations = await Promise.all(submitted);
      suspects = operations;
      // No attempt goes on before all that is to be seen was seen, and with it the clock stands still.
      moved = Promise.allSettled([operations[0]?.started()]);
      for (let look = 0; look < 2 && suspects.length > 0; look += 1) {
        suspects = await notCalled(suspects);
        const shown = await Promise.all(suspects.map((operation) => operation.monitor()));
        suspects = suspects.filter((_, index) => sameCodes(shown[index] ?? pairs.waiting, pairs.inProgress));
      }
      suspects = suspects.filter(({ attempts }) => attempts.length === 0);
      seenAt = await clock.now();
    } finally {
      release.resolve();
      await moved;
    }
    for (const operation of suspects) await operation.finished();
    // A call may have waited for a connection: it was made in that moment all the same.
    const idle = suspects.filter(({ attempts }) => !((attempts[0]?.calls[0]?.time ?? Infinity) <= seenAt));
    expect(idle.length, 'the operations that were in progress without an attempt').toBe(0);
  },
);

/** Those whose attempt has not called by then; a call on its way is awaited in real time. */
async function notCalled(operations: readonly Operation[]): Promise<readonly Operation[]> {
  const elapsed = stopwatch();
  const missing = (): readonly Operation[] => operations.filter(({ attempts }) => attempts.length === 0);
  while (missing().length > 0 && elapsed() < onTheWayMs) await turns(20);
  return missing();
}
