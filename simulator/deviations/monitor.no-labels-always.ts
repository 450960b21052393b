import { formattedValue, members, stateLabels, statusLabels } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { defineDeviation } from '../deviation.ts';

function labelled(json: Record<string, unknown>, { state, status }: Operation): Record<string, unknown> {
  return {
    ...json,
    [`${members.state}@${formattedValue}`]: stateLabels[state],
    [`${members.status}@${formattedValue}`]: statusLabels[status],
  };
}

export default defineDeviation({
  name: 'monitor.no-labels-always',
  breaks: 'monitor.no-labels',
  summary: 'adds formatted values to the codes',
  behaviour: (contract) => ({
    monitor: (operation, situation) => labelled(contract.monitor(operation, situation), operation),
  }),
});
