import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.each-completion-other',
  breaks: 'event.each-completion',
  summary: 'raises the event for the operations of its first user only',
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
});
