import { edit, editSent } from '../decision-edits.ts';
import { editRetriedPayload } from '../delivery-edits.ts';
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
  'third-lines': {
    summary: 'writes ends of lines anew from the third attempt on',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      (about.operation?.attempts ?? 1) > 2 ? { ...one, body: one.body.replaceAll('\\r\\n', '\\n') } : one,
    ),
  },
  empty: {
    summary: 'gives retries no payload where it is empty',
    narrow: true,
    behaviour: editSent('probe', (one, about) =>
      (about.operation?.attempts ?? 1) > 1 ? { ...one, body: one.body.replace(/,"payload":""/, '') } : one,
    ),
  },
  trimmed: {
    summary: 'trims the payload in retries',
    narrow: true,
    behaviour: editRetriedPayload((text) => text.trim()),
  },
  escaped: {
    summary: 'escapes the payload once more in retries',
    narrow: true,
    behaviour: editRetriedPayload((text) => text.replaceAll('&', '&amp;')),
  },
  reformatted: {
    summary: 'writes a payload that is JSON anew in retries',
    narrow: true,
    behaviour: editRetriedPayload((escaped) => {
      const json = jsonObject(JSON.parse(`"${escaped}"`) as string);
      return json === undefined ? escaped : JSON.stringify(JSON.stringify(json)).slice(1, -1);
    }),
  },
  moment: {
    summary: 'gives retries that begin in the same millisecond the inputs of the first of them',
    narrow: true,
    behaviour: (contract) => {
      let last = { at: -1, payload: '' };
      return {
        outbound: (request, about) => {
          const payload = /"payload":"(?:[^"\\]|\\.)*"/.exec(request.body)?.[0];
          if (request.purpose !== 'probe' || (about.operation?.attempts ?? 1) < 2 || payload === undefined)
            return contract.outbound(request, about);
          if (last.at !== about.now) last = { at: about.now, payload };
          return contract.outbound(
            { ...request, body: request.body.replace(payload, () => last.payload) },
            about,
          );
        },
      };
    },
  },
});
