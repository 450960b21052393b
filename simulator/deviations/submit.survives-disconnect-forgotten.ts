import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'submit.survives-disconnect-forgotten',
  breaks: 'submit.survives-disconnect',
  summary: 'forgets an operation when the connection that submitted it closes',
  behaviour: (contract) => {
    const gone = new Set<string>();
    return {
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        const { operation, resource } = about;
        if (resource === 'submit' && operation !== undefined) request.onGone?.(() => gone.add(operation.id));
        return operation !== undefined && resource === 'monitor-get' && gone.has(operation.id)
          ? withJson(kept, 404, { error: { code: '', message: 'Not found.' } })
          : kept;
      },
    };
  },
});
