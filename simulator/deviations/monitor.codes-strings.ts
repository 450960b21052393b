import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.codes-strings',
  breaks: 'monitor.codes',
  summary: 'shows the codes as strings',
  behaviour: (contract) => ({
    monitor: (operation, situation) => ({
      ...contract.monitor(operation, situation),
      [members.state]: String(operation.state),
      [members.status]: String(operation.status),
    }),
  }),
});
