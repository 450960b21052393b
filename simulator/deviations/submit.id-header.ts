import { headers } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviations({
  callback: {
    summary: 'leaves the id out of the 202 where a callback was asked for',
    behaviour: edit('answer', (answer, _request, about) => {
      if (answer.status !== 202 || about.operation?.callbackUrl === undefined) return answer;
      return withoutHeader(answer, headers.operationId);
    }),
  },
  missing: {
    summary: 'gives the id in Location only',
    behaviour: edit('acceptedHeaders', (fields) => fields.filter(([name]) => name !== headers.operationId)),
  },
  renamed: {
    summary: 'carries the id in a header of another name',
    behaviour: edit('acceptedHeaders', (fields) =>
      fields.map(([name, value]) => [name === headers.operationId ? 'x-ms-operation-id' : name, value]),
    ),
  },
});
