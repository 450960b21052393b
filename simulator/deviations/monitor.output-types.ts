import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviations({
  strings: {
    summary: 'shows numbers and booleans as text',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    ),
  },
  negative: {
    summary: 'shows negative numbers as text',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) =>
        editOutputs(shown, (value) => (typeof value === 'number' && value < 0 ? String(value) : value)),
    ),
  },
});
