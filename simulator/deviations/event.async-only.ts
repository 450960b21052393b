import { defineDeviations } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviations({
  changed: {
    summary: 'lets an asynchronous step be made synchronous',
    narrow: true,
    behaviour: (contract) => {
      let changes = false;
      return {
        request: (request, situation) => {
          changes = request.method === 'PATCH';
          return contract.request(request, situation);
        },
        allowsStep: (mode) => changes || contract.allowsStep(mode),
      };
    },
  },
  'without-mode': {
    summary: 'takes a step that leaves out its mode, as a synchronous one',
    narrow: true,
    behaviour: (contract) => {
      let left = false;
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const step = read.method === 'POST' && read.path.endsWith('/sdkmessageprocessingsteps');
          const body = step ? jsonObject(read.body) : undefined;
          left = body !== undefined && body.mode === undefined;
          return left ? { ...read, body: JSON.stringify({ ...body, mode: 0 }) } : read;
        },
        allowsStep: (mode) => left || contract.allowsStep(mode),
      };
    },
  },
  any: {
    summary: 'lets synchronous steps be registered',
    behaviour: () => ({ allowsStep: () => true }),
  },
});
