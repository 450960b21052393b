import type { BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

/** Forgets what is accepted while more than so many wait. */
const forgetsBeyond =
  (most: number): BehaviourEdit =>
  (contract) => ({
    startsAt: (operation, situation) => {
      let waiting = 0;
      for (const { attempts, state } of situation.all()) if (attempts === 0 && state !== 3) waiting += 1;
      return waiting > most ? undefined : contract.startsAt(operation, situation);
    },
  });

export default defineDeviations({
  'queue-full': {
    summary: 'forgets what is accepted while a hundred operations wait',
    behaviour: forgetsBeyond(100),
  },
  'larger-queue': {
    summary: 'forgets what is accepted while 180 operations wait',
    behaviour: forgetsBeyond(180),
  },
});
