import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'queue-full': {
    summary: 'forgets what is accepted while a hundred operations wait',
    behaviour: (contract) => ({
      startsAt: (operation, situation) => {
        let waiting = 0;
        for (const { attempts, state } of situation.all()) if (attempts === 0 && state !== 3) waiting += 1;
        return waiting > 100 ? undefined : contract.startsAt(operation, situation);
      },
    }),
  },
});
