import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  included: {
    summary: 'includes the outputs in the payload',
    alsoBreaks: { 'callback.only-documented-members': 'the payload has a member that is not documented' },
    behaviour: edit('callback', (payload, operation) => ({
      ...payload,
      ...Object.fromEntries((operation.outputs ?? []).map(({ Key, Value }) => [Key, Value])),
    })),
  },
  list: {
    summary: 'includes the list of outputs in the payload',
    alsoBreaks: { 'callback.only-documented-members': 'the payload has a member that is not documented' },
    behaviour: edit('callback', (payload, operation) =>
      operation.outputs === undefined
        ? payload
        : { ...payload, outputParameters: operation.outputs.map(({ Key, Value }) => ({ Key, Value })) },
    ),
  },
  recovered: {
    summary: 'includes the outputs in the payload where an operation recovered',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 30 && o.retryCount > 0
        ? { ...payload, ...Object.fromEntries((o.outputs ?? []).map(({ Key, Value }) => [Key, Value])) }
        : payload,
    ),
  },
});
