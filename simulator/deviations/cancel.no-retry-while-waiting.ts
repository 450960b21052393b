import { edit, isBeside } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  retried: {
    summary: 'makes the retry that was due although the operation was canceled in between',
    behaviour: edit('begins', (starts, operation) => operation.attempts > 0 || starts),
  },
  third: {
    summary: 'makes the last retry although the operation was canceled before it',
    narrow: true,
    behaviour: edit('begins', (begins, o) => begins || o.attempts === 3),
  },
  'just-failed': {
    summary: 'loses a cancellation that comes in the millisecond of a failure',
    alsoBreaks: {
      'cancel.twice': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const failed = new Map<string, number>();
      const lost = new Set<string>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'fail') failed.set(after.id, situation.now);
          if (command.kind === 'cancel' && failed.get(after.id) === situation.now) lost.add(after.id);
          return contract.afterStep(after, before, command, situation);
        },
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  'second-patch': {
    summary: 'forgets a cancellation by PATCH between the second attempt and the third',
    narrow: true,
    behaviour: (contract) => {
      const lost = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const { before, operation } = about;
          if (
            about.resource === 'row-patch' &&
            before?.executing === false &&
            before.attempts === 2 &&
            operation?.canceled === true
          )
            lost.add(before.id);
          return contract.answer(answer, request, about);
        },
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  beside: {
    summary: 'loses a cancellation that comes while another operation is executed',
    narrow: true,
    behaviour: (contract) => {
      const lost = new Set<string>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'cancel' && before.attempts > 0 && isBeside(before, situation))
            lost.add(after.id);
          return contract.afterStep(after, before, command, situation);
        },
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  'last-second': {
    summary: 'loses a cancellation in the last second before a retry',
    narrow: true,
    behaviour: (contract) => {
      const dueAt = new Map<string, number>();
      const lost = new Set<string>();
      return {
        retryWait: (o, failure, situation) => {
          const wait = contract.retryWait(o, failure, situation);
          if (wait !== undefined) dueAt.set(o.id, situation.now + wait);
          return wait;
        },
        afterStep: (after, before, command, situation) => {
          const due = dueAt.get(after.id) ?? 0;
          if (command.kind === 'cancel' && due > situation.now && due - situation.now <= 1_000)
            lost.add(after.id);
          return contract.afterStep(after, before, command, situation);
        },
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
});
