import { editRows } from '../edit.ts';
import type { Situation } from '../situation.ts';
import { edit } from '../decision-edits.ts';
import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'in-progress': {
    summary: 'shows an accepted operation as in progress before its first attempt',
    alsoBreaks: { 'state.legal-history': 'no life of an operation is in progress without an attempt' },
    behaviour: () => ({ waiting: () => pairs.inProgress }),
  },
  list: {
    summary: 'lists an operation that waits as in progress',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'rows-get'
        ? editRows(answer, (row) =>
            row.backgroundoperationstatuscode === 0 &&
            about.find(String(row.backgroundoperationid).toLowerCase())?.attempts === 0
              ? { ...row, backgroundoperationstatecode: 2, backgroundoperationstatuscode: 20 }
              : row,
          )
        : answer,
    ),
  },
  queued: {
    summary: 'executes 32 operations at one time, and shows those that wait for their turn as in progress',
    alsoBreaks: { 'table.etag-conditional': 'what is in progress already does not change when it starts' },
    narrow: true,
    behaviour: (contract) => {
      const isQueued = (situation: Situation): boolean => {
        let waiting = 0;
        for (const { attempts, state } of situation.all()) if (attempts === 0 && state !== 3) waiting += 1;
        return waiting > 32;
      };
      return {
        waiting: (situation) => (isQueued(situation) ? pairs.inProgress : contract.waiting(situation)),
        startsAt: (operation, situation) => {
          const at = contract.startsAt(operation, situation);
          return at !== undefined && isQueued(situation) ? at + 60_000 : at;
        },
      };
    },
  },
});
