import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editRows, withoutHeader, withoutMembers } from '../edit.ts';

export default defineDeviations({
  context: {
    summary: 'leaves @odata.context off a row',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get') return answer;
      return editJson(answer, (json) => withoutMembers(json, '@odata.context'));
    }),
  },
  etag: {
    summary: 'leaves @odata.etag off a row',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get') return answer;
      return editRows(answer, (row) => withoutMembers(row, '@odata.etag'));
    }),
  },
  version: {
    summary: 'leaves OData-Version off the answer for a row',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get') return answer;
      return withoutHeader(answer, 'OData-Version');
    }),
  },
});
