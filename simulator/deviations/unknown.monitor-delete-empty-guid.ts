import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'unknown.monitor-delete-empty-guid',
  breaks: 'unknown.monitor-delete',
  summary: 'answers 204 to DELETE of the empty GUID',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'monitor-delete' || !request.path.startsWith(`${paths.monitor}00000000-0000-`))
        return kept;
      return { status: 204, headers: [], body: undefined };
    },
  }),
});
