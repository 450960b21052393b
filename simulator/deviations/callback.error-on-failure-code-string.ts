import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.error-on-failure-code-string',
  breaks: 'callback.error-on-failure',
  summary: 'sends the error code as a string',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return members.errorCode in payload
        ? { ...payload, [members.errorCode]: String(operation.errorCode) }
        : payload;
    },
  }),
});
