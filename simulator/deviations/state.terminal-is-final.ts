import { editRows, withoutMembers } from '../edit.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  archived: {
    summary: 'shows an operation that succeeded twelve hours ago as canceled',
    alsoBreaks: {
      'access.anonymous': 'it changes at whatever is asked meanwhile',
      'monitor.outputs-only-on-success': 'the outputs stay where it is shown as canceled',
      'access.unprivileged-monitor': 'it changes at whatever is asked meanwhile',
      'access.unprivileged-row': 'it changes at whatever is asked meanwhile',
      'monitor.only-get-and-delete': 'it changes at whatever is asked meanwhile',
      'table.etag-conditional': 'it changes at whatever is asked meanwhile',
      'monitor.read-is-safe': 'it changes at whatever is asked meanwhile',

      'callback.receiver-down': 'what is compared there was final before',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const { endTime, status } = operation;
        const old = endTime !== undefined && situation.now > endTime + 43_200_000;
        return contract.monitor(old && status === 30 ? { ...operation, status: 32 } : operation, situation);
      },
    }),
  },
  outputs: {
    summary: 'drops the outputs from the monitor an hour after the end',
    alsoBreaks: { 'callback.receiver-down': 'what is compared there was final before' },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const { endTime } = operation;
        const old = endTime !== undefined && situation.now > endTime + 3_600_000;
        return contract.monitor(old ? { ...operation, outputs: undefined } : operation, situation);
      },
    }),
  },
  'row-outputs': {
    summary: 'empties outputparameters an hour after the end',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-get' &&
      about.operation?.endTime !== undefined &&
      about.now > about.operation.endTime + 3_600_000
        ? editRows(answer, (row) => ('outputparameters' in row ? { ...row, outputparameters: null } : row))
        : answer,
    ),
  },
  error: {
    summary: 'forgets the error an hour after the end',
    narrow: true,
    behaviour: edit('monitor', (shown, o, { now }) =>
      o.endTime !== undefined && now > o.endTime + 3_600_000
        ? withoutMembers(shown, 'backgroundOperationErrorCode', 'backgroundOperationErrorMessage')
        : shown,
    ),
  },
  'late-attempt': {
    summary: 'executes an operation again twelve hours after its success',
    alsoBreaks: {
      'retry.stops-on-success': 'the same mistake is seen there as well',

      'state.failed': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('strayExecutions', (waits, moment, o) =>
      moment === 'completed' && o.status === 30 ? [...waits, 43_200_000] : waits,
    ),
  },
  endtime: {
    summary: 'moves endtime on, hours after the end',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) => {
      const o = about.operation;
      return about.resource === 'row-get' && o?.endTime !== undefined && about.now > o.endTime + 7_200_000
        ? editRows(answer, (row) =>
            'endtime' in row ? { ...row, endtime: new Date(about.now).toISOString() } : row,
          )
        : answer;
    }),
  },
  read: {
    summary: 'shows no outputs any more two hours after the monitor was read',
    narrow: true,
    behaviour: (contract) => {
      const read = new Map<string, number>();
      return {
        monitor: (o, situation) => {
          if (o.state === 3 && !read.has(o.id)) read.set(o.id, situation.now);
          const old = situation.now > (read.get(o.id) ?? Infinity) + 7_200_000;
          return contract.monitor(old ? { ...o, outputs: undefined } : o, situation);
        },
      };
    },
  },
  month: {
    summary: 'empties outputparameters thirty days after the end',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-get' &&
      about.operation?.endTime !== undefined &&
      about.now > about.operation.endTime + 30 * 86_400_000
        ? editRows(answer, (row) => ('outputparameters' in row ? { ...row, outputparameters: null } : row))
        : answer,
    ),
  },
});
