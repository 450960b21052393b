import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

const own = new Set<string>(Object.values(members));

export default defineDeviation({
  name: 'monitor.outputs-on-success-falsy-dropped',
  breaks: 'monitor.outputs-on-success',
  summary: 'drops outputs that are 0, false or empty',
  alsoBreaks: {
    'monitor.agrees-with-row': 'the row has the outputs that are 0 or false',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return Object.fromEntries(
        Object.entries(shown).filter(([name, value]) => own.has(name) || Boolean(value)),
      );
    },
  }),
});
