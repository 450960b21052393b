import { editRows } from '../edit.ts';
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
});
