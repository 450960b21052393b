import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'empty-text': {
    summary: 'shows an output without a value where there is none',
    behaviour: editColumns(['outputparameters'], (column, keyValues) => ({
      read: (o) =>
        o.outputs === undefined ? keyValues([{ Key: 'Text', Value: null, type: 'String' }]) : column.read(o),
    })),
  },
  retry: {
    summary: 'keeps what an attempt had before it failed as outputs of the row while a retry is awaited',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => !o.executing && o.attempts > 0 && o.state !== 3,
      () => JSON.stringify([{ Key: 'Text', Value: 'partial' }]),
    ),
  },
  failed: {
    summary: 'gives the error as an output of the row after a failure',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => o.status === 31,
      (o) => JSON.stringify([{ Key: 'Error', Value: o.errorMessage ?? '' }]),
    ),
  },
  canceling: {
    summary: 'shows an output without a value while a canceled operation runs',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => o.status === 22 && o.executing,
      () => JSON.stringify([{ Key: 'Text', Value: null }]),
    ),
  },
});
