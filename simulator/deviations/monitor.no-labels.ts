import { formattedValue, members, stateLabels, statusLabels } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';

function labelled(json: Record<string, unknown>, { state, status }: Operation): Record<string, unknown> {
  return {
    ...json,
    [`${members.state}@${formattedValue}`]: stateLabels[state],
    [`${members.status}@${formattedValue}`]: statusLabels[status],
  };
}

export default defineDeviations({
  always: {
    summary: 'adds formatted values to the codes',
    behaviour: edit('monitor', (monitor, operation) => labelled(monitor, operation)),
  },
  members: {
    summary: 'adds members with the labels of the codes',
    behaviour: edit('monitor', (monitor, operation) => ({
      ...monitor,
      backgroundOperationState: stateLabels[operation.state],
      backgroundOperationStatus: statusLabels[operation.status],
    })),
  },
  'on-request': {
    summary: 'adds formatted values to the codes when annotations are asked for',
    behaviour: (contract) => ({
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        const { resource, operation } = about;
        if (resource !== 'monitor-get' || operation === undefined) return kept;
        const asked = contract.preferences(request, about).annotations !== undefined;
        return asked ? editJson(kept, (json) => labelled(json, operation)) : kept;
      },
    }),
  },
  canceled: {
    summary: 'adds labels where an operation was canceled',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.canceled,
      (shown) => ({
        ...shown,
        'backgroundOperationStatusCode@OData.Community.Display.V1.FormattedValue': 'Canceled',
      }),
    ),
  },
});
