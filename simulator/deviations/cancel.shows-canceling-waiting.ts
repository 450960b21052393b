import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.shows-canceling-waiting',
  breaks: 'cancel.shows-canceling',
  summary: 'goes on showing an operation as waiting that was canceled before it started',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    canceling: (operation, situation) =>
      operation.executing ? contract.canceling(operation, situation) : pairs.waiting,
  }),
});
