import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  accepted: {
    summary: 'answers 202 to the cancellation of an operation that runs',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && answer.status === 200 && about.before?.executing === true
        ? { ...answer, status: 202 }
        : answer,
    ),
  },
  'patch-retry': {
    summary: 'answers 400 to PATCH while a retry runs',
    alsoBreaks: { 'cancel.race': 'a cancellation that comes in time in a race is refused as well' },
    behaviour: edit('answer', (answer, _request, about) => {
      const { resource, before } = about;
      if (resource !== 'row-patch' || before === undefined || !before.executing || before.attempts < 2)
        return answer;
      return withJson(answer, 400, { error: { code: '0x80040203', message: 'The operation is running.' } });
    }),
  },
  refused: {
    summary: 'refuses a cancellation while an attempt runs',
    alsoBreaks: {
      'cancel.race': 'a cancellation that comes in time in a race is refused as well',
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
    },
    behaviour: (contract) => ({
      refusesCancel: (operation, situation) =>
        operation.executing || contract.refusesCancel(operation, situation),
    }),
  },
  'last-attempt': {
    summary: 'refuses a cancellation while the last attempt runs',
    narrow: true,
    behaviour: edit('refusesCancel', (refuses, o) => refuses || (o.executing && o.attempts === 4)),
  },
  late: {
    summary: 'refuses a cancellation when an attempt has run for more than a minute',
    narrow: true,
    behaviour: (contract) => {
      const began = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'start') began.set(after.id, situation.now);
          return contract.afterStep(after, before, command, situation);
        },
        refusesCancel: (o, situation) =>
          contract.refusesCancel(o, situation) ||
          (o.executing && situation.now - (began.get(o.id) ?? situation.now) > 60_000),
      };
    },
  },
});
