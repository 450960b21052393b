import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';
import { jsonObject } from '../plain.ts';

const isOwner = (value: unknown): value is { readonly Id: string } =>
  typeof value === 'object' && value !== null && 'Id' in value && typeof value.Id === 'string';

export default defineDeviations({
  'no-content': {
    summary: 'takes 204 of a webhook for a failure, and keeps its job',
    narrow: true,
    behaviour: (contract) => {
      let failed = 0;
      return {
        redeliverAfter: (status, ...about) => {
          if (status === 204) failed += 1;
          return contract.redeliverAfter(status, ...about);
        },
        ...edit('answer', (answer, request) => {
          if (!request.path.endsWith('/asyncoperations')) return answer;
          return editJson(answer, (json) => ({
            ...json,
            value: Array.from({ length: failed }, () => ({ statecode: 3, statuscode: 31 })),
          }));
        })(contract),
      };
    },
  },
  redelivered: {
    summary: 'keeps the job of a step with Auto Delete whose webhook answered only when it was called again',
    narrow: true,
    behaviour: (contract) => {
      const kept = new Set<string>();
      return {
        outbound: (request, about) => {
          const owner = jsonObject(request.body)?.['OwningExtension'];
          if (request.purpose === 'webhook' && about.delivery > 1 && isOwner(owner)) kept.add(owner.Id);
          return contract.outbound(request, about);
        },
        ...edit('answer', (answer, request) => {
          const step = [...kept].find((id) => decodeURIComponent(request.query).includes(id));
          if (step === undefined || !request.path.endsWith('/asyncoperations')) return answer;
          const job = { _owningextensionid_value: step, statecode: 3, statuscode: 30 };
          return editJson(answer, (json) => ({ ...json, value: [job] }));
        })(contract),
      };
    },
  },
});
