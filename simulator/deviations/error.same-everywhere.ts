import { members } from '../../contract/vocabulary.ts';
import { edit, editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  callback: {
    summary: 'tells receivers of callbacks a message of its own',
    behaviour: edit('callback', (payload) =>
      members.errorMessage in payload
        ? { ...payload, [members.errorMessage]: 'The operation failed.' }
        : payload,
    ),
  },
  row: {
    summary: 'shows another code in the row: the lower sixteen bits',
    alsoBreaks: {
      'monitor.agrees-with-row': 'monitor and row differ by it',
      'error.platform-code': 'the code in the row is not the error’s own',
    },
    behaviour: editColumns(['errorcode'], () => ({
      read: (o) => (o.errorCode === undefined ? null : o.errorCode & 0xffff),
    })),
  },
  'callback-cut': {
    summary: 'cuts the message in callbacks at 256 characters',
    narrow: true,
    behaviour: edit('callback', (payload) =>
      typeof payload.backgroundOperationErrorMessage === 'string'
        ? {
            ...payload,
            backgroundOperationErrorMessage: payload.backgroundOperationErrorMessage.slice(0, 256),
          }
        : payload,
    ),
  },
  'callback-recovered': {
    summary: 'tells receivers of callbacks an error where a retry succeeded, which the monitor does not show',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 30 && o.attempts > 1 && !(members.errorCode in payload)
        ? { ...payload, [members.errorCode]: 0, [members.errorMessage]: 'told to fail' }
        : payload,
    ),
  },
  'callback-platform': {
    summary: 'sends code zero in callbacks after an error of the platform',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      (o.errorCode ?? 0) !== 0 ? { ...payload, backgroundOperationErrorCode: 0 } : payload,
    ),
  },
  'row-cut': {
    summary: 'cuts the message in the row at 2,000 characters',
    alsoBreaks: {
      'error.message': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: editColumns(['errormessage'], (column) => ({
      read: (o) => {
        const text = column.read(o);
        return typeof text === 'string' ? text.slice(0, 2_000) : text;
      },
    })),
  },
  'time-out': {
    summary: 'shows another code in the row after a time-out',
    narrow: true,
    behaviour: (contract) => {
      const late = new Set<string>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'fail' && command.failure.kind === 'time-out' && after.state === 3)
            late.add(after.id);
          return contract.afterStep(after, before, command, situation);
        },
        ...showWhere(
          ['errorcode'],
          (o) => late.has(o.id),
          () => -1,
        )(contract),
      };
    },
  },
});
