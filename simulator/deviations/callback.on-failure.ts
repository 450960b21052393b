import { edit, withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'calls back after success only',
    alsoBreaks: { 'callback.on-cancel': 'the callback that is owed after a cancellation does not come so' },
    behaviour: withhold('callback', (operation) => operation.status === 31),
  },
  platform: {
    summary: 'does not call back after an error of the platform',
    behaviour: edit('deliveries', (due, _moment, operation) => {
      const platform = operation.status === 31 && (operation.errorCode ?? 0) !== 0;
      return platform ? due.filter((kind) => kind !== 'callback') : due;
    }),
  },
});
