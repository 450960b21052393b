import { edit, editOption } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  'first-three': {
    summary: 'returns the first three of the selected columns only',
    behaviour: editOption('$select', (columns) => columns.split(',').slice(0, 3).join(',')),
  },
  memo: {
    summary: 'leaves memo columns out although they were selected',
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return answer;
      return editRows(answer, (row) =>
        Object.fromEntries(
          Object.entries(row).filter(
            ([name]) => !request.query.includes('select') || name !== 'inputparameters',
          ),
        ),
      );
    }),
  },
});
