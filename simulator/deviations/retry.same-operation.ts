import { edit, editSent } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviations({
  'new-id': {
    summary: 'executes retries under an id of their own',
    behaviour: edit('outbound', (requests) =>
      requests.map((one) => {
        const call = one.purpose === 'probe' ? jsonObject(one.body) : undefined;
        if (call === undefined || Number(call.attempt) < 2) return one;
        return { ...one, body: JSON.stringify({ ...call, backgroundOperationId: crypto.randomUUID() }) };
      }),
    ),
  },
  third: {
    summary: 'executes the third attempt under an id of its own',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      about.operation?.attempts === 3
        ? { ...one, body: one.body.replaceAll(about.operation.id, crypto.randomUUID()) }
        : one,
    ),
  },
});
