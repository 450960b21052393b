import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'does not call back after a cancellation',
    behaviour: withhold('callback', (operation) => operation.canceled),
  },
});
