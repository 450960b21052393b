import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'raises no event after a cancellation',
    behaviour: withhold('webhook', (operation) => operation.canceled),
  },
  between: {
    summary: 'raises no event where an operation was canceled between two attempts',
    narrow: true,
    behaviour: withhold('webhook', (o) => o.status === 32 && o.attempts > 0),
  },
  running: {
    summary: 'raises no event where a canceled operation ran to its end',
    narrow: true,
    behaviour: withhold('webhook', (o) => o.canceled && o.status !== 32),
  },
  patched: {
    summary: 'raises no event where an operation was canceled by PATCH',
    narrow: true,
    behaviour: (contract) => {
      const patched = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (
            about.resource === 'row-patch' &&
            about.operation?.canceled === true &&
            about.before?.canceled === false
          )
            patched.add(about.operation.id);
          return contract.answer(answer, request, about);
        },
        deliveries: (moment, o, situation) => {
          const due = contract.deliveries(moment, o, situation);
          return patched.has(o.id) ? due.filter((each) => each !== 'webhook') : due;
        },
      };
    },
  },
});
