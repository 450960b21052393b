import type { PlainAnswer } from '../plain.ts';
import { createHash } from 'node:crypto';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'counter-wraps': {
    summary: 'makes the id from the millisecond and a counter of five bits',
    alsoBreaks: {
      'state.succeeded': 'one shows the success of another',
      'table.inputparameters': 'two operations share an id',
      'table.runas-initiator': 'two operations share an id',
      'state.waiting': 'two operations share an id',
      'callback.on-cancel': 'two operations share an id',
      'submit.burst': 'operations that share an id replace each other',
    },
    behaviour: () => {
      let last = 0;
      let counter = 0;
      return {
        newId: ({ now }) => {
          counter = now === last ? (counter + 1) % 32 : 0;
          last = now;
          const time = now.toString(16).padStart(12, '0');
          const tail = counter.toString(16).padStart(12, '0');
          return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
        },
      };
    },
  },
  'from-inputs': {
    summary: 'makes the id from the inputs, so that equal calls share an operation',
    behaviour: edit('accepted', (operation) => {
      const digest = createHash('sha256').update(JSON.stringify(operation.inputs)).digest('hex');
      const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
      return { ...operation, id };
    }),
  },
  'client-request': {
    summary: 'gives the operation of before where the id that the client gave its request comes again',
    narrow: true,
    behaviour: (contract) => {
      const given = new Map<string, PlainAnswer>();
      return {
        answer: (answer, request, about) => {
          const now = contract.answer(answer, request, about);
          const id = request.headers['x-ms-client-request-id'];
          if (now.status !== 202 || id === undefined) return now;
          const before = given.get(id);
          given.set(id, before ?? now);
          return before ?? now;
        },
      };
    },
  },
});
