import { defineSection } from '../clause.ts';

/** sdk — ExecuteBackgroundOperation (organization service). */
export const sdk = defineSection({
  id: 'sdk',
  title: 'ExecuteBackgroundOperation (organization service)',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'sdk.outputs': {
      level: 'MUST',
      basis: 'stated',
      duty: "`ExecuteBackgroundOperation` returns `BackgroundOperationId`, a Guid, and `Location`, a String with the monitor's URL",
      needs: ['sdk', 'probe'],
      why: 'Clients in .NET cast the two values: one of another type ends them with an exception.',
    },
    'sdk.callback-uri': {
      level: 'MUST',
      basis: 'stated',
      duty: "`CallbackUri` requests a callback as the Web API's preference does",
      needs: ['sdk', 'probe', 'callback'],
      why: 'The two ways of submitting must offer the same.',
    },
    'sdk.retrieve-cancel': {
      level: 'MUST',
      basis: 'shown',
      duty: 'Retrieve, and Update to (2,22), work on the row; an unknown id is a fault with ErrorCode -2147185406',
      needs: ['sdk', 'probe'],
      why: 'Clients in .NET poll and cancel through the row.',
    },
    'sdk.request-required': {
      level: 'MUST',
      basis: 'stated',
      duty: 'without `Request`, or with a message that is not a custom API: a fault, and nothing is created',
      needs: ['sdk'],
      why: 'A mistake must be reported at once rather than accepted.',
    },
  },
});
