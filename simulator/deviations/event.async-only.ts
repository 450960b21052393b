import { defineDeviations } from '../deviation.ts';

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
  any: {
    summary: 'lets synchronous steps be registered',
    behaviour: () => ({ allowsStep: () => true }),
  },
});
