import { defineDeviation } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviation({
  name: 'retry.same-inputs-dropped',
  breaks: 'retry.same-inputs',
  summary: 'forgets the payload on a retry',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((one) => {
        const call = one.purpose === 'probe' ? jsonObject(one.body) : undefined;
        if (call === undefined || Number(call.attempt) < 2 || !('payload' in call)) return one;
        return { ...one, body: JSON.stringify({ ...call, payload: '' }) };
      }),
  }),
});
