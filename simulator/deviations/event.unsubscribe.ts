import { edit, ignoreDeletion } from '../decision-edits.ts';
import { callAfterDeletion } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

const stepDeleted = /\/sdkmessageprocessingsteps\([0-9a-f-]{36}\)$/i;

export default defineDeviations({
  ignored: {
    summary: 'goes on calling a step that was deleted',
    behaviour: ignoreDeletion(stepDeleted),
  },
  redelivered: {
    summary: 'calls again what failed though it was deleted meanwhile',
    narrow: true,
    behaviour: edit('tellsTheDeleted', (tells, kind) => tells || kind === 'webhook'),
  },
  last: {
    summary: 'calls a step that was deleted once more',
    narrow: true,
    behaviour: callAfterDeletion('webhook', /\/sdkmessageprocessingsteps\(/i),
  },
  older: {
    summary: 'goes on calling a step that was deleted while a newer one stays',
    narrow: true,
    behaviour: (contract) => {
      let newest = '';
      const keepsOlder = ignoreDeletion(
        stepDeleted,
        ({ path }) => newest !== '' && !path.toLowerCase().includes(newest),
      );
      return keepsOlder({
        ...contract,
        answer: (answer, request, about) => {
          const created = answer.headers.find(([name]) => name.toLowerCase() === 'odata-entityid')?.[1] ?? '';
          if (request.method === 'POST' && stepDeleted.test(created))
            newest = created.slice(-37, -1).toLowerCase();
          return contract.answer(answer, request, about);
        },
      });
    },
  },
});
