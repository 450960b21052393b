import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  name: {
    summary: 'adds the name of the custom API',
    behaviour: edit('callback', (payload, operation) => ({ ...payload, operationName: operation.name })),
  },
  failed: {
    summary: 'adds the number of retries after a failure',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 31 ? { ...payload, retryCount: o.retryCount } : payload,
    ),
  },
  canceled: {
    summary: 'adds who canceled',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.canceled ? { ...payload, canceledBy: o.modifiedBy } : payload,
    ),
  },
});
