import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  'after-many': {
    summary: 'refuses what is submitted after eight failures, until something has succeeded',
    narrow: true,
    alsoBreaks: { 'submit.accepted': 'after many failures nothing is accepted' },
    behaviour: (contract) => {
      const failed = new Set<string>();
      return {
        afterStep: (operation, ...others) => {
          if (operation.status === 30) failed.clear();
          if (operation.status === 31) failed.add(operation.id);
          return contract.afterStep(operation, ...others);
        },
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          if (about.resource !== 'submit' || failed.size < 8) return kept;
          return withJson(kept, 503, { error: { code: '0x80048d03', message: 'It is not available.' } });
        },
      };
    },
  },
  'tried-first': {
    summary: 'makes the first attempt at once and accepts nothing that fails in it',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'cancel.delete-answer': 'the same answer is owed before the start',
      'callback.after-completion': 'a callback comes before the end',
      'submit.does-not-wait': 'the answer comes after the first attempt',
      'state.waiting': 'an operation has always run before its id is known',
      'cancel.before-start-never-executes': 'nothing can be canceled before it starts',
      'state.canceled': 'nothing can be canceled before it starts',
    },
    behaviour: (contract) => ({
      runsInline: () => true,
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        const { resource, operation } = about;
        if (resource !== 'submit' || operation === undefined || operation.status === 30) return kept;
        return withJson(kept, 400, { error: { code: '0x80040265', message: 'The custom API failed.' } });
      },
    }),
  },
});
