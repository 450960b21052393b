import { members, table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.codes-columns',
  breaks: 'monitor.codes',
  summary: 'calls the codes as the columns of the table are called',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { [members.state]: state, [members.status]: status, ...others } = shown;
      return { [table.state]: state, [table.status]: status, ...others };
    },
  }),
});
