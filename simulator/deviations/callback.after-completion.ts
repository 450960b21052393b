import { edit } from '../decision-edits.ts';
import { watchDeliveries } from '../delivery-edits.ts';
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
      const { isDelivering, ...watching } = watchDeliveries(contract);
      return {
        ...watching,
        monitor: (o, situation) =>
          contract.monitor(
            isDelivering(o.id) && o.state === 3
              ? { ...o, state: 2, status: o.canceled ? 22 : 20, outputs: undefined, errorCode: undefined }
              : o,
            situation,
          ),
      };
    },
  },
});
