import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  start: {
    summary: 'calls back when the first attempt starts',
    alsoBreaks: {
      'sdk.callback-uri': 'the same callback, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'callback.codes': 'no codes can be read from such a payload',
      'callback.on-cancel': 'the callback that is owed after a cancellation does not come so',
      'callback.on-failure': 'the callback that is owed after the failure does not come so',
      'callback.on-success': 'the callback that is owed after success does not come so',
      'callback.not-per-attempt': 'a callback comes for an attempt',
    },
    behaviour: edit('deliveries', (due, moment, operation) =>
      moment === 'started' && operation.attempts <= 1 && operation.callbackUrl !== undefined
        ? ['callback']
        : due.filter((kind) => kind !== 'callback'),
    ),
  },
  delivering: {
    summary: 'shows in the monitor that it ended only when callback and event were answered',
    narrow: true,
    behaviour: (contract) => {
      const open = new Map<string, number>();
      return {
        outbound: (request, about) => {
          const id = about.operation?.id ?? '';
          if (request.purpose !== 'probe') open.set(id, (open.get(id) ?? 0) + 1);
          return contract.outbound(request, about);
        },
        redeliverAfter: (status, delivery, o, situation) => {
          open.set(o.id, (open.get(o.id) ?? 1) - 1);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        monitor: (o, situation) =>
          contract.monitor(
            (open.get(o.id) ?? 0) > 0 && o.state === 3
              ? { ...o, state: 2, status: o.canceled ? 22 : 20, outputs: undefined, errorCode: undefined }
              : o,
            situation,
          ),
      };
    },
  },
});
