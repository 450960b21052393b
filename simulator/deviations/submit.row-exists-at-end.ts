import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.row-exists-at-end',
  breaks: 'submit.row-exists',
  summary: 'writes the row only when the operation has finished',
  behaviour: (contract) => ({
    visible: (operation, situation, by) =>
      operation.state === 3 && contract.visible(operation, situation, by),
  }),
});
