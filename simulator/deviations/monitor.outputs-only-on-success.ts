import { probe } from '../custom-apis/probe.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  canceled: {
    summary: 'shows the outputs of an attempt although the operation ended as canceled',
    alsoBreaks: { 'table.outputparameters-only-on-success': 'the row has them too' },
    choices: { canceledButSucceeded: 'canceled' },
    behaviour: edit('afterStep', (after, _before, command) =>
      command.kind === 'succeed' ? { ...after, outputs: command.outputs } : after,
    ),
  },
  nulls: {
    summary: 'shows every declared output, null before there is one',
    behaviour: edit('monitor', (monitor) => ({
      ...Object.fromEntries(probe.properties.map(({ uniqueName }) => [uniqueName, null])),
      ...monitor,
    })),
  },
  failed: {
    summary: 'shows an output without a value after a failure',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 31,
      (shown) => ({ ...shown, Text: null }),
    ),
  },
  retry: {
    summary: 'shows an empty output while a retry is awaited',
    narrow: true,
    behaviour: monitorWhere(
      (o) => !o.executing && o.attempts > 0 && o.state !== 3,
      (shown) => ({ ...shown, Text: '' }),
    ),
  },
});
