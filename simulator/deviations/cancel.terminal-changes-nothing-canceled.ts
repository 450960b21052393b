import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-changes-nothing-canceled',
  breaks: 'cancel.terminal-changes-nothing',
  summary: 'shows a finished operation as canceled once somebody tried to cancel it',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
    'state.terminal-is-final': 'its end turns into another one',
  },
  behaviour: (contract) => {
    const tried = new Set<string>();
    return {
      answer: (answer, request, about) => {
        if (about.resource === 'monitor-delete' && about.before?.state === 3) tried.add(about.before.id);
        return contract.answer(answer, request, about);
      },
      monitor: (operation, situation) =>
        contract.monitor(tried.has(operation.id) ? { ...operation, status: 32 } : operation, situation),
    };
  },
});
