import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-on-failure-nested',
  breaks: 'monitor.error-on-failure',
  summary: 'puts code and message of a failure into an object of their own',
  alsoBreaks: {
    'error.message': 'the message is not the error’s own any more',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { [members.errorCode]: code, [members.errorMessage]: message, ...others } = shown;
      return code === undefined ? others : { ...others, error: { code, message } };
    },
  }),
});
