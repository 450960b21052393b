import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.count-canceled',
  breaks: 'retry.count',
  summary: 'counts the retry that a cancellation kept from starting',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'retrycount'
          ? {
              ...column,
              read: (o) =>
                o.status === 32 && o.attempts > 0 && o.attempts < 4
                  ? o.attempts
                  : Math.max(0, o.attempts - 1),
            }
          : column,
      ),
  }),
});
