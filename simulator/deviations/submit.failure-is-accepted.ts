import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
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
