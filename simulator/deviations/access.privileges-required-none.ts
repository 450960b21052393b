import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.privileges-required-none',
  breaks: 'access.privileges-required',
  summary: 'lets every user submit',
  behaviour: (contract) => ({
    permits: (user, action, operation, situation) =>
      action === 'submit' || contract.permits(user, action, operation, situation),
  }),
});
