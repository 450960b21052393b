import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  either: {
    summary: 'raises no event where a callback was asked for',
    behaviour: withhold('webhook', (operation) => operation.callbackUrl !== undefined),
  },
  only: {
    summary: 'raises the event only where a callback was asked for',
    alsoBreaks: {
      'event.on-cancel': 'the event that is owed after a cancellation does not come',
      'event.each-completion': 'the event does not come after every completion',
    },
    behaviour: withhold('webhook', (operation) => operation.callbackUrl === undefined),
  },
});
