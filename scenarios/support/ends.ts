import type { Need } from '../../contract/clause.ts';
import type { Operation } from '../../harness/operation.ts';
import { fail, Hold, succeed } from '../../harness/test.ts';
import type { MomentTools } from './moments.ts';
import { attemptsCome, untilAttempts, untilBetween } from './passing.ts';

/** One way in which an operation comes to its end. */
export interface End {
  /** For titles and branches: "after success". */
  readonly after: string;
  readonly needs: readonly Need[];
  /** Brings a new operation there; blocks the check, or leaves it undecided, where it does not come. */
  readonly reach: (tools: MomentTools) => Promise<Operation>;
}

/** Every way in which an operation comes to its end. */
export const ends: readonly End[] = [
  {
    after: 'after success',
    needs: ['probe'],
    reach: async ({ submit }) => atRest(await submit()),
  },
  {
    after: 'after the last failure',
    needs: ['probe', 'clock', 'slow'],
    reach: async ({ submit, target }) => {
      const operation = await submit({ attempts: [fail()] });
      // By the probe where it tells: what the monitor shows between attempts is no end yet.
      if (operation.parts.play !== undefined) await attemptsCome(target, operation, 4);
      return atRest(operation);
    },
  },
  {
    after: 'after a retry that succeeded',
    needs: ['probe', 'clock', 'slow'],
    reach: async ({ submit, target }) => {
      const operation = await submit({ attempts: [fail(), succeed()] });
      if (operation.parts.play !== undefined) await untilAttempts(target, operation, 2);
      return atRest(operation);
    },
  },
  {
    after: 'after a cancellation before the start',
    needs: ['probe', 'clock'],
    reach: async ({ submit }) => {
      const operation = await submit();
      await operation.canceled();
      return atRest(operation);
    },
  },
  {
    after: 'after a cancellation during the attempt',
    needs: ['probe'],
    reach: async ({ submit }) => {
      const hold = new Hold(1_000);
      const operation = await submit({ attempts: [hold] });
      await operation.started();
      await operation.canceled();
      hold.release(succeed());
      return atRest(operation);
    },
  },
  {
    after: 'after a cancellation between two attempts',
    needs: ['probe', 'clock'],
    reach: async ({ submit }) => {
      const operation = await submit({ attempts: [fail()] });
      await untilBetween(operation);
      await operation.canceled();
      return atRest(operation);
    },
  },
];

async function atRest(operation: Operation): Promise<Operation> {
  await operation.finished();
  return operation;
}
