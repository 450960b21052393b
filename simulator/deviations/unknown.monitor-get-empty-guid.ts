import { members, paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'unknown.monitor-get-empty-guid',
  breaks: 'unknown.monitor-get',
  summary: 'has a monitor for the empty GUID, as a new record has it',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'monitor-get' || !request.path.startsWith(`${paths.monitor}00000000-0000-`))
        return kept;
      return withJson(kept, 200, { [members.state]: 0, [members.status]: 0 });
    },
  }),
});
