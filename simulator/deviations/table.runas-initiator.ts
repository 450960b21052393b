import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  system: {
    summary: 'runs everything as one system user',
    behaviour: editColumns(['runas'], () => ({ read: () => '11111111-2222-4333-8444-555555555555' })),
  },
});
