import { defineDeviation } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviation({
  name: 'retry.same-operation-new-id',
  breaks: 'retry.same-operation',
  summary: 'executes retries under an id of their own',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((one) => {
        const call = one.purpose === 'probe' ? jsonObject(one.body) : undefined;
        if (call === undefined || Number(call.attempt) < 2) return one;
        return { ...one, body: JSON.stringify({ ...call, backgroundOperationId: crypto.randomUUID() }) };
      }),
  }),
});
