import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

const own = new Set<string>(Object.values(members));

export default defineDeviation({
  name: 'monitor.outputs-on-success-key-value',
  breaks: 'monitor.outputs-on-success',
  summary: 'shows the outputs as the text of the row’s column',
  alsoBreaks: {
    'retry.recovers': 'the outcome of the retry is lost',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { outputs } = operation;
      if (outputs === undefined) return shown;
      const others = Object.entries(shown).filter(([name]) => own.has(name));
      return {
        ...Object.fromEntries(others),
        outputparameters: contract.keyValues(outputs, situation.choices),
      };
    },
  }),
});
