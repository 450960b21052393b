import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.on-failure-platform',
  breaks: 'callback.on-failure',
  summary: 'does not call back after an error of the platform',
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      const platform = operation.status === 31 && (operation.errorCode ?? 0) !== 0;
      return platform ? due.filter((kind) => kind !== 'callback') : due;
    },
  }),
});
