import { editSent, withhold } from '../decision-edits.ts';
import { callAgainAfter, isRedirection } from '../delivery-edits.ts';
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
  scheme: {
    summary: 'takes a scheme in capitals for none that it knows, and calls nobody',
    narrow: true,
    behaviour: withhold('callback', (o) => /^HTTP/.test(o.callbackUrl ?? '')),
  },
  redirected: {
    summary: 'delivers again with GET where it was redirected',
    narrow: true,
    behaviour: callAgainAfter(isRedirection, (one) => ({ ...one, method: 'GET', body: '' })),
  },
});
