import { editContextList } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  callback: {
    summary: 'tells another PayloadType where a callback was asked for',
    behaviour: editContextList('InputParameters', (pair, operation) =>
      pair.key === 'PayloadType' && operation.callbackUrl !== undefined ? { ...pair, value: 1 } : pair,
    ),
  },
  'no-location': {
    summary: 'leaves LocationUrl out of the inputs',
    behaviour: editContextList('InputParameters', (pair) => (pair.key === 'LocationUrl' ? undefined : pair)),
  },
  'payload-text': {
    summary: 'sends PayloadType as text',
    behaviour: editContextList('InputParameters', (pair) =>
      pair.key === 'PayloadType' ? { ...pair, value: '0' } : pair,
    ),
  },
  row: {
    summary: 'names the row as LocationUrl',
    behaviour: editContextList('InputParameters', (pair, { origin, id }) =>
      pair.key === 'LocationUrl'
        ? { ...pair, value: `${origin}/api/data/v9.2/backgroundoperations(${id})` }
        : pair,
    ),
  },
  failed: {
    summary: 'names the row as LocationUrl after a failure',
    narrow: true,
    behaviour: editContextList('InputParameters', (pair, o) =>
      pair.key === 'LocationUrl' && o.status === 31
        ? { ...pair, value: `${o.origin}/api/data/v9.2/backgroundoperations(${o.id})` }
        : pair,
    ),
  },
  canceled: {
    summary: 'leaves the id out of the event of a cancellation',
    narrow: true,
    behaviour: editContextList('InputParameters', (pair, o) =>
      pair.key === 'BackgroundOperationId' && o.canceled ? undefined : pair,
    ),
  },
  capitals: {
    summary: 'writes Key and Value of its inputs with capital letters, as columns have them',
    narrow: true,
    behaviour: editContextList('InputParameters', (pair) => ({ Key: pair.key, Value: pair.value })),
  },
  'recovered-type': {
    summary: 'sends another PayloadType after a retry that succeeded',
    narrow: true,
    behaviour: editContextList('InputParameters', (pair, o) =>
      pair.key === 'PayloadType' && o.status === 30 && o.attempts > 1 ? { ...pair, value: 1 } : pair,
    ),
  },
});
