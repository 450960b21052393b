import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  null: {
    summary: 'leaves displayname empty',
    behaviour: editColumns(['displayname'], () => ({ read: () => null })),
  },
  unique: {
    summary: 'shows the unique name as display name',
    behaviour: editColumns(['displayname'], () => ({ read: (o) => o.name })),
  },
  waiting: {
    summary: 'fills in displayname when the first attempt starts',
    behaviour: editColumns(['displayname'], () => ({
      read: (o) => (o.attempts === 0 ? null : o.displayName),
    })),
  },
  ended: {
    summary: 'empties displayname at the end',
    narrow: true,
    behaviour: showWhere(
      ['displayname'],
      (o) => o.state === 3 && o.status !== 30,
      () => null,
    ),
  },
});
