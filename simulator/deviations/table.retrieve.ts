import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editRows, withoutHeader, withoutMembers, withJson } from '../edit.ts';

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
  capitals: {
    summary: 'does not find a row whose id is written in capital letters',
    alsoBreaks: { 'unknown.error-body': 'its 404 names no id' },
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && /\([^)]*[A-F][^)]*\)/.test(request.path)
        ? withJson(answer, 404, { error: { code: '0x80048d02', message: 'Could not find item.' } })
        : answer,
    ),
  },
  select: {
    summary: 'leaves @odata.etag off a row where columns are chosen',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && request.query.includes('select')
        ? editJson(answer, (json) => withoutMembers(json, '@odata.etag'))
        : answer,
    ),
  },
  'version-failed': {
    summary: 'leaves OData-Version off where an operation has failed',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-get' && about.operation?.status === 31
        ? withoutHeader(answer, 'OData-Version')
        : answer,
    ),
  },
  'any-tag': {
    summary: 'answers 304 to whatever has If-None-Match',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && request.headers['if-none-match'] !== undefined
        ? { ...answer, status: 304, body: undefined }
        : answer,
    ),
  },
});
