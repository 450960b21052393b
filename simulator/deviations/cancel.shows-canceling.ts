import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'in-progress': {
    summary: 'goes on showing a canceled operation as in progress',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.executing': 'what is shown during the attempt is not in progress any more',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: (contract) => ({
      canceling: (operation, situation) =>
        operation.executing ? pairs.inProgress : contract.canceling(operation, situation),
      executing: (operation, situation) => contract.executing({ ...operation, canceled: false }, situation),
    }),
  },
  waiting: {
    summary: 'goes on showing an operation as waiting that was canceled before it started',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('canceling', (codes, operation) => (operation.executing ? codes : pairs.waiting)),
  },
});
