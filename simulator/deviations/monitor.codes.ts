import { withoutMembers } from '../edit.ts';
import { members, table } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const codes = new Set<string>([members.state, members.status]);

export default defineDeviations({
  columns: {
    summary: 'calls the codes as the columns of the table are called',
    behaviour: edit('monitor', (monitor) => {
      const { [members.state]: state, [members.status]: status, ...others } = monitor;
      return { [table.state]: state, [table.status]: status, ...others };
    }),
  },
  misspelt: {
    summary: 'calls the status code backgroundOperationSatusCode, as a draft did',
    behaviour: edit('monitor', (monitor) => {
      const { [members.status]: status, ...others } = monitor;
      return { ...others, backgroundOperationSatusCode: status };
    }),
  },
  strings: {
    summary: 'shows the codes as strings',
    behaviour: edit('monitor', (monitor, operation) => ({
      ...monitor,
      [members.state]: String(operation.state),
      [members.status]: String(operation.status),
    })),
  },
  'zero-left-out': {
    summary: 'leaves out codes that are 0',
    behaviour: edit('monitor', (monitor) =>
      Object.fromEntries(Object.entries(monitor).filter(([name, value]) => !codes.has(name) || value !== 0)),
    ),
  },
  canceled: {
    summary: 'shows the codes of a canceled operation as text',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 32,
      (shown) => ({ ...shown, backgroundOperationStatusCode: '32' }),
    ),
  },
  retried: {
    summary: 'leaves the state code out while a retry is awaited',
    narrow: true,
    behaviour: monitorWhere(
      (o) => !o.executing && o.attempts > 0 && o.state !== 3,
      (shown) => withoutMembers(shown, 'backgroundOperationStateCode'),
    ),
  },
});
