import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

export default defineDeviations({
  strings: {
    summary: 'shows numbers and booleans as text',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    ),
  },
});
