import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'raises no event after a cancellation',
    behaviour: withhold('webhook', (operation) => operation.canceled),
  },
});
