import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.only-documented-members-name',
  breaks: 'callback.only-documented-members',
  summary: 'adds the name of the custom API',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { ...payload, operationName: operation.name };
    },
  }),
});
