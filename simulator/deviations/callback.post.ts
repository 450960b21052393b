import { editSent, withhold } from '../decision-edits.ts';
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
    behaviour: (contract) => {
      const redirected = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status < 300 || status > 399 || delivery > 1)
            return contract.redeliverAfter(status, delivery, o, situation);
          redirected.add(o.id);
          return 1;
        },
        outbound: (request, about) =>
          contract
            .outbound(request, about)
            .map((one) =>
              one.purpose === 'callback' && about.delivery > 1 && redirected.has(about.operation?.id ?? '')
                ? { ...one, method: 'GET', body: '' }
                : one,
            ),
      };
    },
  },
});
