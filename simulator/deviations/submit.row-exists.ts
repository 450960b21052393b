import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'at-end': {
    summary: 'writes the row only when the operation has finished',
    behaviour: edit('visible', (shown, operation) => operation.state === 3 && shown),
  },
  'until-end': {
    summary: 'removes the row when the operation has finished',
    alsoBreaks: { 'table.paging': 'the pages do not have the rows that they should' },
    behaviour: edit('visible', (shown, operation) => operation.state !== 3 && shown),
  },
});
