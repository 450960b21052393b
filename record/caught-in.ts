import { z } from 'zod';

const levels = z.array(z.string()).readonly();

/** The situations in which deviations of a clause were caught, by factor; see `selftest/situations.ts`. */
export const caughtInSchema = z
  .object({
    attempt: levels.meta({ description: 'The attempt in which the operation was; 0 before the first.' }),
    ending: levels.meta({ description: 'How that attempt ended, or that it was under way.' }),
    cancellation: levels.meta({ description: 'When the operation was canceled.' }),
    notification: levels.meta({ description: 'Who was to be told of its end.' }),
    load: levels.meta({ description: 'How many operations lived beside it.' }),
  })
  .readonly()
  .meta({ id: 'caughtIn' });

/** See {@link caughtInSchema}. */
export type CaughtIn = z.output<typeof caughtInSchema>;
