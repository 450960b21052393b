import { edit, editContextList } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'codes-text': {
    summary: 'sends the codes as text',
    behaviour: editContextList('OutputParameters', (pair) =>
      typeof pair.value === 'number' ? { ...pair, value: String(pair.value) } : pair,
    ),
  },
  constant: {
    summary: 'tells every completion as a success',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: editContextList('OutputParameters', (pair) =>
      pair.key === 'BackgroundOperationStatusCode' ? { ...pair, value: 30 } : pair,
    ),
  },
  'display-name': {
    summary: 'gives the display name of the custom API as OperationName',
    behaviour: editContextList('OutputParameters', (pair, { displayName }) =>
      pair.key === 'OperationName' ? { ...pair, value: displayName } : pair,
    ),
  },
  missing: {
    summary: 'leaves the outputs out',
    behaviour: edit('eventContext', (context) => ({ ...context, OutputParameters: [] })),
  },
  recovered: {
    summary: 'gives (3,31) in the event of an operation that recovered',
    narrow: true,
    behaviour: editContextList('OutputParameters', (pair, o) =>
      pair.key === 'BackgroundOperationStatusCode' && o.status === 30 && o.retryCount > 0
        ? { ...pair, value: 31 }
        : pair,
    ),
  },
  canceled: {
    summary: 'gives (2,22) in the event of a cancellation',
    narrow: true,
    behaviour: editContextList('OutputParameters', (pair, o) =>
      pair.key === 'BackgroundOperationStatusCode' && o.canceled ? { ...pair, value: 22 } : pair,
    ),
  },
  lower: {
    summary: 'gives OperationName in lower case',
    narrow: true,
    behaviour: editContextList('OutputParameters', (pair) =>
      pair.key === 'OperationName' ? { ...pair, value: String(pair.value).toLowerCase() } : pair,
    ),
  },
  'canceled-name': {
    summary: 'gives the display name as OperationName after a cancellation',
    narrow: true,
    behaviour: editContextList('OutputParameters', (pair, o) =>
      pair.key === 'OperationName' && o.canceled ? { ...pair, value: o.displayName } : pair,
    ),
  },
});
