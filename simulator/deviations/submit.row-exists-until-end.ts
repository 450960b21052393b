import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.row-exists-until-end',
  breaks: 'submit.row-exists',
  summary: 'removes the row when the operation has finished',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
  },
  behaviour: (contract) => ({
    visible: (operation, situation, by) =>
      operation.state !== 3 && contract.visible(operation, situation, by),
  }),
});
