import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'at-end': {
    summary: 'writes the row only when the operation has finished',
    alsoBreaks: { 'sdk.retrieve': 'the same operation, seen through the organization service' },
    behaviour: edit('visible', (shown, operation) => operation.state === 3 && shown),
  },
  'until-end': {
    summary: 'removes the row when the operation has finished',
    alsoBreaks: {
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'table.paging': 'the pages do not have the rows that they should',
    },
    behaviour: edit('visible', (shown, operation) => operation.state !== 3 && shown),
  },
  callback: {
    summary: 'writes the row only at the first attempt where a callback was asked for',
    narrow: true,
    behaviour: edit(
      'visible',
      (visible, o) => visible && (o.callbackUrl === undefined || o.attempts > 0 || o.canceled),
    ),
  },
});
