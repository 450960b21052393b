import { edit, ignoreDeletion } from '../decision-edits.ts';
import { callAfterDeletion } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

const registration = /\/callbackregistrations\([0-9a-f-]{36}\)$/i;

export default defineDeviations({
  ignored: {
    summary: 'goes on calling the URL of a callback registration that was deleted',
    behaviour: ignoreDeletion(registration),
  },
  changed: {
    summary: 'goes on calling a callback registration that was deleted after a change',
    narrow: true,
    behaviour: (contract) => {
      const changed = new Set<string>();
      const keepsChanged = ignoreDeletion(registration, ({ path }) => changed.has(path));
      return keepsChanged({
        ...contract,
        request: (request, situation) => {
          if (request.method === 'PATCH') changed.add(request.path);
          return contract.request(request, situation);
        },
      });
    },
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
