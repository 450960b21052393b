import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, withJson } from '../edit.ts';
import { isJsonObject } from '../plain.ts';

export default defineDeviations({
  flat: {
    summary: 'answers its 404 without an error object',
    behaviour: edit('answer', (answer, _request, about) => {
      const unknown = about.resource === 'row-get' && answer.status === 404 && about.operation === undefined;
      return unknown ? editJson(answer, ({ error }) => (isJsonObject(error) ? error : undefined)) : answer;
    }),
  },
  nameless: {
    summary: 'does not say which row it did not find',
    behaviour: edit('answer', (answer, _request, about) => {
      const unknown = about.resource === 'row-get' && answer.status === 404 && about.operation === undefined;
      return unknown
        ? withJson(answer, 404, { error: { code: '0x80048d02', message: 'Resource not found.' } })
        : answer;
    }),
  },
  annotated: {
    summary: 'tells no id in the message of a 404 where annotations are asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' &&
      answer.status === 404 &&
      request.headers.prefer?.includes('include-annotations') === true
        ? editJson(answer, () => ({ error: { code: '0x80040217', message: 'It is not there.' } }))
        : answer,
    ),
  },
});
