import { edit, editMonitorAnswer } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  'beside-running': {
    summary: 'has no monitor of what waits while another operation is being executed',
    alsoBreaks: { 'access.forbidden': 'there is nothing to be refused, either' },
    narrow: true,
    behaviour: (contract) => {
      let busy = false;
      return {
        monitor: (operation, situation) => {
          busy = [...situation.all()].some(({ status }) => status === 20);
          return contract.monitor(operation, situation);
        },
        answer: (answer, request, about) => {
          const { resource, operation } = about;
          const waits = operation?.state === 0 && operation.attempts === 0;
          const told = contract.answer(answer, request, about);
          if (resource !== 'monitor-get' || !waits || !busy) return told;
          return withJson(told, 404, { error: { code: '', message: 'Not found.' } });
        },
      };
    },
  },
  callback: {
    summary: 'has no monitor before the first attempt where a callback was asked for',
    alsoBreaks: { 'sdk.outputs': 'the same operation, seen through the organization service' },
    behaviour: edit('answer', (answer, _request, about) => {
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation?.callbackUrl === undefined) return answer;
      const absent = operation.attempts === 0 && operation.state !== 3;
      return absent ? withJson(answer, 404, { error: { code: '', message: 'Not found.' } }) : answer;
    }),
  },
  'once-started': {
    summary: 'has a monitor only from the first attempt on',
    alsoBreaks: {
      'sdk.outputs': 'the same operation, seen through the organization service',
      'monitor.ok': 'an operation that waits has no monitor',
    },
    behaviour: editMonitorAnswer((answer, operation) => {
      const absent = operation.attempts === 0 && operation.state !== 3;
      return absent ? withJson(answer, 404, { error: { code: '', message: 'Not found.' } }) : answer;
    }),
  },
});
