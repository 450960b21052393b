import type { BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { jsonObject, type PlainRequest } from '../plain.ts';

/** Allows steps of any mode in requests of this kind. */
const allowing =
  (kind: (request: PlainRequest) => boolean): BehaviourEdit =>
  (contract) => {
    let allows = false;
    return {
      request: (request, situation) => {
        allows = kind(request);
        return contract.request(request, situation);
      },
      allowsStep: (mode) => allows || contract.allowsStep(mode),
    };
  };

export default defineDeviations({
  changed: {
    summary: 'lets an asynchronous step be made synchronous',
    narrow: true,
    behaviour: allowing(({ method }) => method === 'PATCH'),
  },
  disabled: {
    summary: 'lets synchronous steps be registered while they are disabled',
    narrow: true,
    behaviour: allowing(({ method, body }) => method === 'POST' && jsonObject(body)?.statecode === 1),
  },
  'without-mode': {
    summary: 'takes a step that leaves out its mode, as a synchronous one',
    narrow: true,
    behaviour: (contract) => {
      let left = false;
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const step = read.method === 'POST' && read.path.endsWith('/sdkmessageprocessingsteps');
          const body = step ? jsonObject(read.body) : undefined;
          left = body !== undefined && body.mode === undefined;
          return left ? { ...read, body: JSON.stringify({ ...body, mode: 0 }) } : read;
        },
        allowsStep: (mode) => left || contract.allowsStep(mode),
      };
    },
  },
  any: {
    summary: 'lets synchronous steps be registered',
    behaviour: () => ({ allowsStep: () => true }),
  },
});
