import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'first-only': {
    summary: 'reads the first Prefer field only',
    behaviour: (contract) => ({
      preferences: (request, situation) =>
        contract.preferences({ ...request, prefer: request.prefer.slice(0, 1) }, situation),
    }),
  },
  'last-only': {
    summary: 'lets each Prefer field overwrite the one before',
    behaviour: (contract) => ({
      preferences: (request, situation) =>
        contract.preferences({ ...request, prefer: request.prefer.slice(-1) }, situation),
    }),
  },
  annotations: {
    summary: 'finds odata.include-annotations in the first field only',
    narrow: true,
    behaviour: edit('preferences', (read, request) =>
      /include-annotations/i.test(request.prefer[0] ?? '') ? read : { ...read, annotations: undefined },
    ),
  },
});
