import { edit, editSent } from '../decision-edits.ts';
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
  third: {
    summary: 'forgets the payload in the third attempt',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      about.operation?.attempts === 3
        ? { ...one, body: one.body.replace(/"payload":"(?:[^"\\]|\\.)*"/, '"payload":""') }
        : one,
    ),
  },
  trimmed: {
    summary: 'trims the payload in retries',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      (about.operation?.attempts ?? 1) > 1
        ? {
            ...one,
            body: one.body.replace(
              /"payload":"((?:[^"\\]|\\.)*)"/,
              (_all, text: string) => `"payload":"${text.trim()}"`,
            ),
          }
        : one,
    ),
  },
  escaped: {
    summary: 'escapes the payload once more in retries',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      (about.operation?.attempts ?? 1) > 1
        ? {
            ...one,
            body: one.body.replace(
              /"payload":"((?:[^"\\]|\\.)*)"/,
              (_all, text: string) => `"payload":"${text.replaceAll('&', '&amp;')}"`,
            ),
          }
        : one,
    ),
  },
});
