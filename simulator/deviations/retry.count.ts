import type { Operation } from '../core/operation.ts';
import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  attempts: {
    summary: 'counts attempts instead of retries once something was retried',
    alsoBreaks: { 'retry.at-most-three': 'where nobody sees the attempts their count tells of one too many' },
    behaviour: editColumns(['retrycount'], () => ({ read: (o) => (o.attempts > 1 ? o.attempts : 0) })),
  },
  canceled: {
    summary: 'counts the retry that a cancellation kept from starting',
    alsoBreaks: {
      'table.retrycount-starts-at-zero': 'the same mistake is seen there as well',
    },
    behaviour: editColumns(['retrycount'], () => ({
      read: (o) =>
        o.status === 32 && o.attempts > 0 && o.attempts < 4 ? o.attempts : Math.max(0, o.attempts - 1),
    })),
  },
  capped: {
    summary: 'counts at most two retries',
    behaviour: editColumns(['retrycount'], () => ({ read: (o) => Math.min(2, o.retryCount) })),
  },
  zero: {
    summary: 'leaves retrycount at zero',
    behaviour: editColumns(['retrycount'], () => ({ read: () => 0 })),
  },
  recovered: {
    summary: 'sets retrycount back to zero on success',
    narrow: true,
    behaviour: showWhere(
      ['retrycount'],
      (o) => o.status === 30,
      () => 0,
    ),
  },
  last: {
    summary: 'does not count the third retry',
    narrow: true,
    behaviour: showWhere(
      ['retrycount'],
      (o) => o.retryCount === 3,
      () => 2,
    ),
  },
  platform: {
    summary: 'counts no retry that followed an error of the platform',
    narrow: true,
    behaviour: showWhere(
      ['retrycount'],
      (o) => (o.errorCode ?? 0) !== 0 && o.state === 3,
      () => 0,
    ),
  },
  'time-out': {
    summary: 'does not count a retry that follows a time-out',
    narrow: true,
    behaviour: (contract) => {
      const less = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          const done = contract.afterStep(after, before, command, situation);
          if (command.kind === 'fail' && command.failure.kind === 'time-out' && done.state !== 3)
            less.set(after.id, (less.get(after.id) ?? 0) + 1);
          return done;
        },
        columns: (choices, keyValues) =>
          contract
            .columns(choices, keyValues)
            .map((column) =>
              column.name === 'retrycount'
                ? { ...column, read: (o: Operation) => Math.max(0, o.retryCount - (less.get(o.id) ?? 0)) }
                : column,
            ),
      };
    },
  },
  delivery: {
    summary: 'counts a callback that could not be delivered as a retry',
    alsoBreaks: {
      'table.etag-conditional': 'the row changes and keeps its tag',
      'table.retrycount-starts-at-zero': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const down = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 300) down.add(o.id);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        columns: (choices, keyValues) =>
          contract
            .columns(choices, keyValues)
            .map((column) =>
              column.name === 'retrycount'
                ? { ...column, read: (o: Operation) => o.retryCount + (down.has(o.id) ? 1 : 0) }
                : column,
            ),
      };
    },
  },
});
