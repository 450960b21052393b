import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'calls back after failures only',
    alsoBreaks: {
      'event.independent-of-callback': 'whether the event comes depends on more than the completion',
      'callback.on-cancel': 'the callback that is owed after a cancellation does not come so',
      'callback.post': 'no callback comes where one is owed',
    },
    behaviour: withhold('callback', (operation) => operation.status === 30),
  },
});
