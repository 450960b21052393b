import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  name: {
    summary: 'shows a name instead of the user’s id',
    alsoBreaks: { 'table.runas-initiator': 'the value is not the initiator’s' },
    behaviour: editColumns(['runas'], () => ({ read: () => 'CONTOSO\\svc' })),
  },
});
