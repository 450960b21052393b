import { defineDeviations } from '../deviation.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviations({
  delete: {
    summary: 'answers 204 to DELETE of the monitor of what has expired',
    alsoBreaks: { 'unknown.malformed': 'it looks for the id anywhere in the address' },
    behaviour: (contract) => {
      const known = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          if (about.operation !== undefined) known.add(about.operation.id);
          const id = guid.exec(request.path)?.[0].toLowerCase() ?? '';
          return about.resource === 'monitor-delete' && kept.status === 404 && known.has(id)
            ? { status: 204, headers: [], body: undefined }
            : kept;
        },
      };
    },
  },
});
