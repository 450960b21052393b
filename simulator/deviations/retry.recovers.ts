import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  failed: {
    summary: 'ends as failed although a retry succeeded',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: edit('succeeded', (codes, operation) =>
      operation.attempts > 1 && !operation.canceled ? pairs.failed : codes,
    ),
  },
  'no-outputs': {
    summary: 'drops the outputs of a retry that succeeded',
    alsoBreaks: { 'table.outputparameters': 'the outputs are lost in the row too' },
    behaviour: edit('keptOutputs', (outputs, operation) => (operation.attempts > 1 ? [] : outputs)),
  },
});
