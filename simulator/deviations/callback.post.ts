import { editSent } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  get: {
    summary: 'calls back with GET, as OData has it',
    behaviour: editSent('callback', (one) => ({ ...one, method: 'GET' })),
  },
  put: {
    summary: 'calls back with PUT',
    behaviour: editSent('callback', (one) => ({ ...one, method: 'PUT' })),
  },
});
