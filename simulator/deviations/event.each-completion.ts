import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'failure-only': {
    summary: 'raises the event after failures only',
    alsoBreaks: {
      'event.independent-of-callback': 'whether the event comes depends on more than the completion',
      'event.on-cancel': 'the event that is owed after a cancellation does not come',
    },
    behaviour: withhold('webhook', (operation) => operation.status === 30),
  },
  other: {
    summary: 'raises the event for the operations of its first user only',
    alsoBreaks: {
      'event.on-cancel': 'the operations of another user are canceled, too',
    },
    behaviour: (contract) => {
      let first: string | undefined;
      return {
        deliveries: (moment, operation, situation) => {
          first ??= operation.runAs;
          const due = contract.deliveries(moment, operation, situation);
          return operation.runAs === first ? due : due.filter((kind) => kind !== 'webhook');
        },
      };
    },
  },
  'success-only': {
    summary: 'raises the event after success only',
    behaviour: withhold('webhook', (operation) => operation.status === 31),
  },
});
