import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.shows-canceling-in-progress',
  breaks: 'cancel.shows-canceling',
  summary: 'goes on showing a canceled operation as in progress',
  behaviour: (contract) => ({
    canceling: (operation, situation) =>
      operation.executing ? pairs.inProgress : contract.canceling(operation, situation),
    executing: (operation, situation) => contract.executing({ ...operation, canceled: false }, situation),
  }),
});
