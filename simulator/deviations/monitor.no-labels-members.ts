import { stateLabels, statusLabels } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.no-labels-members',
  breaks: 'monitor.no-labels',
  summary: 'adds members with the labels of the codes',
  behaviour: (contract) => ({
    monitor: (operation, situation) => ({
      ...contract.monitor(operation, situation),
      backgroundOperationState: stateLabels[operation.state],
      backgroundOperationStatus: statusLabels[operation.status],
    }),
  }),
});
