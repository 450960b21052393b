import { editMonitorAnswer } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviations({
  array: {
    summary: 'sends a list with the one operation in it',
    behaviour: editMonitorAnswer((answer) =>
      answer.status === 200 ? { ...answer, body: `[${answer.body ?? ''}]` } : answer,
    ),
  },
  problem: {
    summary: 'sends the monitor of a failed operation as application/problem+json',
    behaviour: editMonitorAnswer((answer, operation) =>
      operation.status === 31 ? withHeader(answer, 'Content-Type', 'application/problem+json') : answer,
    ),
  },
  text: {
    summary: 'sends the monitor as text/plain',
    behaviour: editMonitorAnswer((answer) => withHeader(answer, 'Content-Type', 'text/plain; charset=utf-8')),
  },
  failed: {
    summary: 'gives the monitor of a failed operation as text',
    narrow: true,
    behaviour: editMonitorAnswer((answer, o) =>
      o.status === 31 ? withHeader(answer, 'Content-Type', 'text/plain; charset=utf-8') : answer,
    ),
  },
  any: {
    summary: 'sends the monitor as text to who takes anything',
    narrow: true,
    behaviour: editMonitorAnswer((answer, _o, request) =>
      (request.headers.accept ?? '*/*').includes('application/json')
        ? answer
        : withHeader(answer, 'Content-Type', 'text/plain; charset=utf-8'),
    ),
  },
  browser: {
    summary: 'answers a page to whoever takes pages as well',
    narrow: true,
    behaviour: editMonitorAnswer((answer, _operation, request) =>
      request.headers.accept?.includes('text/html') === true
        ? withHeader(answer, 'content-type', 'text/html')
        : answer,
    ),
  },
});
