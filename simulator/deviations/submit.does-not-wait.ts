import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  inline: {
    summary: 'executes the custom API first and answers 202 afterwards',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'state.waiting': 'an operation has always run before its id is known',
      'state.legal-history': 'attempts begin before the operation is known',
      'callback.after-completion': 'its callback has arrived before the 202',
      'cancel.delete-answer': 'it is finished when it could first be canceled',
      'cancel.patch-answer': 'it is finished when it could first be canceled',
      'cancel.before-start-never-executes': 'nothing can be canceled before it starts',
      'state.canceled': 'nothing can be canceled before it starts',
      'prefer.case-insensitive': 'seen once on a busy machine: a callback of before the 202 is missed',
    },
    behaviour: () => ({ runsInline: () => true }),
  },
  'caller-runs': {
    summary: 'executes before it answers what comes while ten operations wait',
    narrow: true,
    behaviour: edit(
      'runsInline',
      (inline, o, { all }) =>
        inline ||
        [...all()].filter(({ attempts, state, id }) => attempts === 0 && state !== 3 && id !== o.id).length >=
          10,
    ),
  },
  'beside-another': {
    summary: 'executes before it answers what comes while another attempt runs',
    narrow: true,
    behaviour: edit(
      'runsInline',
      (inline, o, { all }) =>
        inline || [...all()].some(({ state, status, id }) => state === 2 && status === 20 && id !== o.id),
    ),
  },
});
