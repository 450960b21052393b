import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  first: {
    summary: 'keeps the error of the first attempt',
    behaviour: (contract) => {
      const first = new Map<string, { code: number; message: string }>();
      return {
        reportedError: (failure, operation, situation) => {
          const error = first.get(operation.id) ?? contract.reportedError(failure, operation, situation);
          first.set(operation.id, error);
          return error;
        },
      };
    },
  },
});
