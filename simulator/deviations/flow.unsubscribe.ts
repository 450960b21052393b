import { edit, ignoreDeletion } from '../decision-edits.ts';
import { callAfterDeletion } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'goes on calling the URL of a callback registration that was deleted',
    behaviour: ignoreDeletion(/\/callbackregistrations\([0-9a-f-]{36}\)$/i),
  },
  redelivered: {
    summary: 'calls again what failed though it was deleted meanwhile',
    narrow: true,
    behaviour: edit('tellsTheDeleted', (tells, kind) => tells || kind === 'registration'),
  },
  last: {
    summary: 'calls a registration that was deleted once more',
    narrow: true,
    behaviour: callAfterDeletion('registration', /\/callbackregistrations\(/i),
  },
});
