import { members } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  canceled: {
    summary: 'tells a cancellation as an error',
    alsoBreaks: { 'state.legal-history': 'an error is shown that no attempt has made' },
    behaviour: edit('monitor', (monitor, operation) => {
      if (operation.status !== 32) return monitor;
      return { [members.errorCode]: 0, [members.errorMessage]: 'The operation was canceled.', ...monitor };
    }),
  },
  nulls: {
    summary: 'shows null where there is no error',
    alsoBreaks: { 'state.legal-history': 'an error is shown that no attempt has made' },
    behaviour: edit('monitor', (monitor) => ({
      [members.errorCode]: null,
      [members.errorMessage]: null,
      ...monitor,
    })),
  },
  zero: {
    summary: 'shows the code 0 and an empty message after success',
    alsoBreaks: {
      'state.legal-history': 'an error is shown that no attempt has made',
      'monitor.agrees-with-row': 'the row of a recovered operation shows no such error',
    },
    behaviour: edit('monitor', (monitor, operation) =>
      operation.status === 30 ? { [members.errorCode]: 0, [members.errorMessage]: '', ...monitor } : monitor,
    ),
  },
  canceling: {
    summary: 'shows an empty error while a canceled operation runs',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 22 && o.attempts < 2,
      (shown) => ({ ...shown, backgroundOperationErrorCode: null, backgroundOperationErrorMessage: null }),
    ),
  },
  waiting: {
    summary: 'shows an error where a canceled operation succeeded',
    alsoBreaks: { 'error.same-everywhere': 'the callback tells no error' },
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.canceled && o.status === 30,
      (shown) => ({
        ...shown,
        backgroundOperationErrorCode: 0,
        backgroundOperationErrorMessage: 'Canceled.',
      }),
    ),
  },
});
