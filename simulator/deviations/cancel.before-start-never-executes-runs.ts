import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.before-start-never-executes-runs',
  breaks: 'cancel.before-start-never-executes',
  summary: 'executes an operation although it was canceled before it started',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.race': 'a cancellation that came first does not win',
  },
  behaviour: (contract) => ({
    begins: (operation, situation) => operation.attempts === 0 || contract.begins(operation, situation),
  }),
});
