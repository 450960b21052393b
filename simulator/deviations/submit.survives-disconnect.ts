import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  forgotten: {
    summary: 'forgets an operation when the connection that submitted it closes',
    behaviour: (contract) => {
      const gone = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          const { operation, resource } = about;
          if (resource === 'submit' && operation !== undefined)
            request.onGone?.(() => gone.add(operation.id));
          return operation !== undefined && resource === 'monitor-get' && gone.has(operation.id)
            ? withJson(kept, 404, { error: { code: '', message: 'Not found.' } })
            : kept;
        },
      };
    },
  },
  tied: {
    summary: 'drops an operation when the connection that submitted it closes before it starts',
    behaviour: (contract) => {
      const dropped = new Set<string>();
      return {
        begins: (operation, situation) => !dropped.has(operation.id) && contract.begins(operation, situation),
        answer: (answer, request, about) => {
          const { operation, resource } = about;
          if (resource === 'submit' && operation !== undefined) {
            request.onGone?.(() => {
              dropped.add(operation.id);
            });
          }
          return contract.answer(answer, request, about);
        },
      };
    },
  },
  callback: {
    summary: 'forgets the callback when the connection that submitted closes',
    narrow: true,
    behaviour: (contract) => {
      const gone = new Set<string>();
      let listen: ((id: string) => void) | undefined;
      return {
        request: (request, situation) => {
          listen = (id) => request.onGone?.(() => gone.add(id));
          return contract.request(request, situation);
        },
        accepted: (o, situation) => {
          listen?.(o.id);
          return contract.accepted(o, situation);
        },
        deliveries: (moment, o, situation) =>
          gone.has(o.id) ? [] : contract.deliveries(moment, o, situation),
      };
    },
  },
});
