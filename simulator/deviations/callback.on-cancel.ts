import { pairs } from '../../contract/vocabulary.ts';
import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'does not call back after a cancellation',
    behaviour: withhold('callback', (operation) => operation.canceled),
  },
  between: {
    summary: 'does not call back where an operation was canceled between two attempts',
    narrow: true,
    behaviour: withhold('callback', (o) => o.status === 32 && o.attempts > 0),
  },
  patch: {
    summary: 'calls nobody back where an operation was canceled by PATCH',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const patched = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (
            about.resource === 'row-patch' &&
            about.before?.state !== 3 &&
            about.operation?.canceled === true
          )
            patched.add(about.operation.id);
          return contract.answer(answer, request, about);
        },
        deliveries: (moment, o, situation) =>
          patched.has(o.id) ? [] : contract.deliveries(moment, o, situation),
      };
    },
  },
  succeeded: {
    summary: 'does not call back where a canceled operation succeeded',
    narrow: true,
    behaviour: withhold('callback', (o) => o.status === 30 && o.canceled),
  },
  failed: {
    summary: 'does not call back where a canceled operation failed',
    narrow: true,
    behaviour: withhold('callback', (o) => o.status === 31 && o.canceled),
  },
  stuck: {
    summary: 'never ends what was canceled between two attempts',
    alsoBreaks: {
      'event.on-cancel': 'where no callback was asked for, it is the event that never comes',
      'table.no-endtime-before-end': 'it has the end time of an operation that ended',
    },
    narrow: true,
    behaviour: (contract) => ({
      canceledIdle: (o, situation) =>
        o.attempts > 0 ? pairs.canceling : contract.canceledIdle(o, situation),
      deliveries: (moment, o, situation) =>
        o.canceled && o.state !== 3 ? [] : contract.deliveries(moment, o, situation),
    }),
  },
});
