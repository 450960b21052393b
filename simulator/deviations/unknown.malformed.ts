import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviations({
  crashes: {
    summary: 'fails itself over an id that is no GUID',
    alsoBreaks: {
      'access.anonymous': 'a malformed request without a token fails as well',
    },
    behaviour: edit('answer', (answer, request) => {
      const id = /\/backgroundoperations?[/(]([^()]*)\)?$/.exec(request.path)?.[1];
      return id === undefined || guid.test(id) || answer.status < 400
        ? answer
        : withJson(answer, 500, { error: { code: '0x80040216', message: 'Unrecognized Guid format.' } });
    }),
  },
  'no-content': {
    summary: 'answers 204 for an id that cannot be one',
    behaviour: edit('answer', (answer, request) => {
      const id = /\/backgroundoperation\/([^/]*)$/.exec(request.path)?.[1];
      return id === undefined || guid.test(id) || answer.status < 400
        ? answer
        : { status: 204, headers: [], body: undefined };
    }),
  },
  longer: {
    summary: 'reads the first 36 characters of an id and passes over what follows',
    narrow: true,
    behaviour: edit('request', (request) => ({
      ...request,
      path: request.path.replace(/(\/backgroundoperation\/[0-9a-f-]{36})[^/]+$/i, '$1'),
    })),
  },
  'row-longer': {
    summary: 'finds the row of an id with letters behind it',
    narrow: true,
    behaviour: edit('request', (request) => ({
      ...request,
      path: request.path.replace(/(\/backgroundoperations\([0-9a-f-]{36})[^/)]+\)$/i, '$1)'),
    })),
  },
  percent: {
    summary: 'fails itself over an id with an escape that is none',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      request.path.startsWith('/api/backgroundoperation/') && /%(?![0-9a-f]{2})/i.test(request.path)
        ? withJson(answer, 500, { error: { code: '', message: 'URI malformed' } })
        : answer,
    ),
  },
  long: {
    summary: 'fails itself over an id longer than 255 characters',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      request.path.startsWith('/api/backgroundoperation/') && request.path.length > 280
        ? withJson(answer, 500, { error: { code: '', message: 'String or binary data would be truncated.' } })
        : answer,
    ),
  },
});
