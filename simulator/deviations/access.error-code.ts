import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  decimal: {
    summary: 'writes the code as a signed number',
    behaviour: edit('answer', (answer, _request, about) => {
      if (answer.status !== 403 || about.user?.privileged !== false) return answer;
      return withJson(answer, 403, {
        error: { code: '-2147220960', message: 'The user lacks a privilege.' },
      });
    }),
  },
  name: {
    summary: 'gives the name of the error for its code',
    behaviour: edit('answer', (answer, _request, about) => {
      if (answer.status !== 403 || about.user?.privileged !== false) return answer;
      return withJson(answer, 403, {
        error: { code: 'PrivilegeDenied', message: 'The user lacks a privilege.' },
      });
    }),
  },
  row: {
    summary: 'gives another code where a row is not shown for want of a privilege',
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 && (about.resource === 'row-get' || about.resource === 'rows-get')
        ? withJson(answer, 403, { error: { code: '0x80048306', message: 'The user lacks a privilege.' } })
        : answer,
    ),
  },
});
