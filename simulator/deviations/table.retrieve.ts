import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editRows, withoutHeader, withoutMembers, withJson } from '../edit.ts';

/** Answers 304 to GET of a row with an `If-None-Match` of this kind. */
const unmodified = (kind: (tag: string) => boolean): BehaviourEdit =>
  edit('answer', (answer, { headers: { 'if-none-match': tag } }, { resource }) =>
    resource === 'row-get' && tag !== undefined && kind(tag)
      ? { ...answer, status: 304, body: undefined }
      : answer,
  );

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
  'earlier-tag': {
    summary: 'answers 304 to the tag of any version that there was',
    narrow: true,
    behaviour: (contract) => {
      const tags = new Set<string>();
      return {
        etag: (o) => {
          const tag = contract.etag(o);
          tags.add(tag);
          return tag;
        },
        ...unmodified((tag) => tags.has(tag))(contract),
      };
    },
  },
  annotations: {
    summary: 'refuses to show a row where several annotations are asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request, { resource }) =>
      resource === 'row-get' && /include-annotations="[^"]*[,*]/.test(request.headers.prefer ?? '')
        ? { ...answer, status: 400 }
        : answer,
    ),
  },
  'any-tag': {
    summary: 'answers 304 to whatever has If-None-Match',
    narrow: true,
    behaviour: unmodified(() => true),
  },
});
