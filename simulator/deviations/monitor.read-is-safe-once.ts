import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.read-is-safe-once',
  breaks: 'monitor.read-is-safe',
  summary: 'forgets the result once it was read',
  alsoBreaks: {
    'monitor.ok': 'the second reading of a result is answered 404',
    'state.legal-history': 'no life of an operation loses its result so soon',
  },
  behaviour: (contract) => {
    const read = new Set<string>();
    return {
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        const { resource, operation } = about;
        if (resource !== 'monitor-get' || operation?.state !== 3 || kept.status !== 200) return kept;
        if (!read.has(operation.id)) {
          read.add(operation.id);
          return kept;
        }
        return withJson(kept, 404, { error: { code: '', message: 'The result has been fetched.' } });
      },
    };
  },
});
