import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  replica: {
    summary: 'answers every other read of the monitor from a replica that is two seconds behind',
    alsoBreaks: {
      'sdk.cancel-terminal': 'what is shown right after a late Update is no more true than before it',
      'state.executing': 'what is shown during the attempt is an old copy',

      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.terminal-is-final': 'what was final changes by it',
      'cancel.shows-canceling': 'the cancellation is not shown where it is looked for',
      'cancel.ways-are-equal': 'the two ways end differently by it',
      'cancel.terminal-changes-nothing': 'what was seen at the end is an old copy',
      'monitor.read-is-safe': 'two reads in a row differ',
      'callback.after-completion': 'the read on the arrival of a callback is an old copy',
      'event.outputs': 'the codes of the event are held against an old copy',
    },
    behaviour: (contract) => {
      const replica = new Map<string, { at: number; shown: Record<string, unknown> }>();
      let reads = 0;
      return {
        monitor: (operation, situation) => {
          const shown = contract.monitor(operation, situation);
          const copy = replica.get(operation.id);
          if (copy === undefined || situation.now - copy.at > 2_000)
            replica.set(operation.id, { at: situation.now, shown });
          reads += 1;
          return reads % 2 === 0 && copy !== undefined && situation.now - copy.at <= 2_000
            ? copy.shown
            : shown;
        },
      };
    },
  },
  partial: {
    summary: 'refuses an update of the status alone, and cancels',
    narrow: true,
    choices: { partialPatch: 'canceled' },
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-patch' && answer.status === 204 && !request.body.includes('statecode')
        ? withJson(answer, 400, { error: { code: '0x80040203', message: 'The state is missing.' } })
        : answer,
    ),
  },
  'other-user': {
    summary: 'refuses a cancellation by another user, and cancels',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' &&
      answer.status === 200 &&
      about.operation !== undefined &&
      about.operation.runAs !== about.user?.id
        ? withJson(answer, 403, { error: { code: '0x80040220', message: 'It is not yours.' } })
        : answer,
    ),
  },
});
