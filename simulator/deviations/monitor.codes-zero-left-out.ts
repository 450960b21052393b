import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

const codes = new Set<string>([members.state, members.status]);

export default defineDeviation({
  name: 'monitor.codes-zero-left-out',
  breaks: 'monitor.codes',
  summary: 'leaves out codes that are 0',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return Object.fromEntries(
        Object.entries(shown).filter(([name, value]) => !codes.has(name) || value !== 0),
      );
    },
  }),
});
