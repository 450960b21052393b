import { edit, editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  backwards: {
    summary: 'sets endtime a minute too early',
    behaviour: editColumns(['endtime'], () => ({
      show: (o) => (o.endTime === undefined ? null : new Date(o.endTime - 60_000).toISOString()),
    })),
  },
  'canceled-between': {
    summary: 'writes no endtime where a cancellation ends an operation between two attempts',
    behaviour: edit('afterStep', (after, before, command) => {
      const idle = command.kind === 'start' && before.attempts > 0 && after.state === 3;
      return idle ? { ...after, endTime: undefined } : after;
    }),
  },
  local: {
    summary: 'shows createdon in a local time without saying so',
    alsoBreaks: {
      'ttl.kept-before': 'the row is gone too early',
      'table.filter': 'a row is found by a value that the contract does not give it',
    },
    behaviour: editColumns(['createdon'], () => ({
      show: (o) => new Date(o.createdOn + 7_200_000).toISOString(),
    })),
  },
  'no-endtime': {
    summary: 'never sets endtime',
    behaviour: editColumns(['endtime'], () => ({ read: () => null, show: () => null })),
  },
});
