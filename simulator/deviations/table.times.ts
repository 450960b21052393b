import { editRows } from '../edit.ts';
import { edit, editColumns, showWhere } from '../decision-edits.ts';
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
  'first-failure': {
    summary: 'keeps the end of the first attempt as endtime after a retry',
    narrow: true,
    behaviour: (contract) => {
      const first = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          const given = contract.afterStep(after, before, command, situation);
          if (before.executing && !given.executing && !first.has(given.id))
            first.set(given.id, situation.now);
          return given.state === 3 && given.retryCount > 0
            ? { ...given, endTime: first.get(given.id) }
            : given;
        },
      };
    },
  },
  'started-at-end': {
    summary: 'writes the start of the last attempt as endtime',
    narrow: true,
    behaviour: (contract) => {
      const begun = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          const given = contract.afterStep(after, before, command, situation);
          if (command.kind === 'start' && given.executing) begun.set(given.id, situation.now);
          return given.state === 3 && given.attempts > 0
            ? { ...given, endTime: begun.get(given.id) ?? given.endTime }
            : given;
        },
      };
    },
  },
  'canceled-start': {
    summary: 'empties starttime when a running operation is canceled',
    narrow: true,
    behaviour: showWhere(
      ['starttime'],
      (o) => o.canceled,
      () => null,
    ),
  },
  'created-again': {
    summary: 'moves createdon to the start of a retry',
    narrow: true,
    behaviour: (contract) => ({
      afterStep: (after, before, command, situation) => {
        const given = contract.afterStep(after, before, command, situation);
        return command.kind === 'start' && given.attempts > 1
          ? { ...given, createdOn: situation.now }
          : given;
      },
    }),
  },
  'created-at-start': {
    summary: 'moves createdon to the start of the first attempt',
    narrow: true,
    behaviour: (contract) => ({
      afterStep: (after, before, command, situation) => {
        const given = contract.afterStep(after, before, command, situation);
        return command.kind === 'start' && given.attempts === 1
          ? { ...given, createdOn: situation.now }
          : given;
      },
    }),
  },
  'at-once': {
    summary: 'leaves starttime empty where an attempt takes no time',
    narrow: true,
    behaviour: showWhere(
      ['starttime'],
      (o) => o.state === 3 && o.startTime === o.endTime,
      () => null,
    ),
  },
  midnight: {
    summary: 'writes the day of the start with the time of the end as endtime',
    narrow: true,
    behaviour: editColumns(['endtime'], (column) => ({
      show: (o) => {
        const end = column.show?.(o);
        return typeof end === 'string' && o.startTime !== undefined
          ? new Date(o.startTime).toISOString().slice(0, 10) + end.slice(10)
          : (end ?? null);
      },
    })),
  },
  minute: {
    summary: 'rounds endtime down to the minute',
    narrow: true,
    behaviour: editColumns(['endtime'], (column) => ({
      show: (o) => {
        const at = column.read(o);
        return typeof at === 'number' ? new Date(Math.floor(at / 60_000) * 60_000).toISOString() : at;
      },
    })),
  },
  'twelve-hours': {
    summary: 'writes the hours of the afternoon from 1 to 12 in createdon',
    narrow: true,
    behaviour: editColumns(['createdon'], (column) => ({
      show: (o) => {
        const at = new Date(Number(column.read(o)));
        if (at.getUTCHours() > 12) at.setUTCHours(at.getUTCHours() - 12);
        return at.toISOString();
      },
    })),
  },
  cancel: {
    summary: 'writes the time of the cancellation as endtime where the attempt ran on',
    narrow: true,
    behaviour: (contract) => {
      const at = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          const done = contract.afterStep(after, before, command, situation);
          if (command.kind === 'cancel' && before.executing) at.set(done.id, situation.now);
          const canceledAt = at.get(done.id);
          return done.endTime !== undefined && canceledAt !== undefined
            ? { ...done, endTime: canceledAt }
            : done;
        },
      };
    },
  },
  delivery: {
    summary: 'writes the time of the failed delivery as endtime',
    alsoBreaks: {
      'table.etag-conditional': 'the row changes and keeps its tag',
      'sdk.retrieve': 'the organization service shows another value than the row',
    },
    narrow: true,
    behaviour: (contract) => {
      const down = new Map<string, number>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 300) down.set(o.id, situation.now);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const at = down.get(about.operation?.id ?? '');
          return about.resource === 'row-get' && at !== undefined
            ? editRows(given, (row) =>
                'endtime' in row ? { ...row, endtime: new Date(at + 60_000).toISOString() } : row,
              )
            : given;
        },
      };
    },
  },
  summer: {
    summary: 'shows all times an hour early from April to October',
    narrow: true,
    behaviour: editColumns(['createdon', 'starttime', 'endtime'], (column) => ({
      show: (o) => {
        const shown = column.show?.(o) ?? null;
        const month = typeof shown === 'string' ? Number(shown.slice(5, 7)) : 1;
        return typeof shown === 'string' && month >= 4 && month <= 10
          ? new Date(Date.parse(shown) - 3_600_000).toISOString()
          : shown;
      },
    })),
  },
});
