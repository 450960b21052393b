import { ignoreDeletion } from '../decision-edits.ts';
import { callAfterDeletion } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'goes on calling a step that was deleted',
    behaviour: ignoreDeletion(/\/sdkmessageprocessingsteps\([0-9a-f-]{36}\)$/i),
  },
  last: {
    summary: 'calls a step that was deleted once more',
    narrow: true,
    behaviour: callAfterDeletion('webhook', /\/sdkmessageprocessingsteps\(/i),
  },
});
