import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviations({
  dropped: {
    summary: 'forgets the payload on a retry',
    behaviour: edit('outbound', (requests) =>
      requests.map((one) => {
        const call = one.purpose === 'probe' ? jsonObject(one.body) : undefined;
        if (call === undefined || Number(call.attempt) < 2 || !('payload' in call)) return one;
        return { ...one, body: JSON.stringify({ ...call, payload: '' }) };
      }),
    ),
  },
});
