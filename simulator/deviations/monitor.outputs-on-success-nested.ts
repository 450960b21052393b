import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

const own = new Set<string>(Object.values(members));

export default defineDeviation({
  name: 'monitor.outputs-on-success-nested',
  breaks: 'monitor.outputs-on-success',
  summary: 'puts the outputs into an object of their own',
  alsoBreaks: {
    'retry.recovers': 'the outcome of the retry is lost',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const outputs = Object.entries(shown).filter(([name]) => !own.has(name));
      const others = Object.entries(shown).filter(([name]) => own.has(name));
      return {
        ...Object.fromEntries(others),
        ...(outputs.length > 0 ? { outputs: Object.fromEntries(outputs) } : {}),
      };
    },
  }),
});
