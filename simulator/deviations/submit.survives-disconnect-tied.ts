import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.survives-disconnect-tied',
  breaks: 'submit.survives-disconnect',
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
});
