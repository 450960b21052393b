import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.last-error-first',
  breaks: 'retry.last-error',
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
});
