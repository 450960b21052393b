import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.shows-canceling-in-progress',
  breaks: 'cancel.shows-canceling',
  summary: 'goes on showing a canceled operation as in progress',
  alsoBreaks: {
    'state.executing': 'what is shown during the attempt is not in progress any more',
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    canceling: (operation, situation) =>
      operation.executing ? pairs.inProgress : contract.canceling(operation, situation),
    executing: (operation, situation) => contract.executing({ ...operation, canceled: false }, situation),
  }),
});
