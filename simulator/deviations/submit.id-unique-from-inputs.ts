import { createHash } from 'node:crypto';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-unique-from-inputs',
  breaks: 'submit.id-unique',
  summary: 'makes the id from the inputs, so that equal calls share an operation',
  behaviour: (contract) => ({
    accepted: (operation, situation) => {
      const digest = createHash('sha256').update(JSON.stringify(operation.inputs)).digest('hex');
      const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
      return { ...contract.accepted(operation, situation), id };
    },
  }),
});
