import { editSent } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  bearer: {
    summary: 'sends a bearer token along with the callback',
    behaviour: editSent('callback', (one) => ({
      ...one,
      headers: [...one.headers, ['Authorization', 'Bearer platform-token'] as const],
    })),
  },
  key: {
    summary: 'sends a function key along with the callback',
    behaviour: editSent('callback', (one) => ({
      ...one,
      headers: [...one.headers, ['x-functions-key', 'platform-key'] as const],
    })),
  },
});
