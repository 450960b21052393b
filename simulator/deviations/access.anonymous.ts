import { headers, paths, table, terminalMessage } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader, withJson } from '../edit.ts';

export default defineDeviations({
  cancels: {
    summary: 'lets anyone cancel who knows the id',
    behaviour: edit('authenticate', (user, request, users) => {
      const cancels = request.method === 'DELETE' && request.path.startsWith(paths.monitor);
      return user ?? (cancels ? users[0] : undefined);
    }),
  },
  'checked-late': {
    summary: 'does what it was asked before it looks for a token',
    alsoBreaks: {
      'sdk.anonymous': 'the organization service asks for a token alike',
      'sdk.challenge': 'the organization service asks for a token alike',
    },
    behaviour: (contract) => ({
      authenticate: (request, users, situation) =>
        contract.authenticate(request, users, situation) ?? users[0],
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        return request.headers.authorization === undefined
          ? { status: 401, headers: [['WWW-Authenticate', 'Bearer']], body: undefined }
          : kept;
      },
    }),
  },
  forbidden: {
    summary: 'answers 403 to a request without a token',
    alsoBreaks: { 'sdk.anonymous': 'the organization service asks for a token alike' },
    behaviour: edit('answer', (answer) => (answer.status === 401 ? { ...answer, status: 403 } : answer)),
  },
  initiator: {
    summary: 'takes a request without a token for the initiator’s',
    alsoBreaks: {
      'sdk.anonymous': 'the organization service asks for a token alike',
      'access.monitor-authenticated': 'the monitor is open like everything else',
    },
    behaviour: edit(
      'authenticate',
      (user, request, users) => user ?? (request.headers.authorization === undefined ? users[0] : undefined),
    ),
  },
  reads: {
    summary: 'lets anyone read the table',
    behaviour: edit('authenticate', (user, request, users) => {
      const reads = request.method === 'GET' && request.path.includes(`/${table.set}`);
      return user ?? (reads ? users[0] : undefined);
    }),
  },
  'named-key': {
    summary: 'lets anyone read a row by the name of its key',
    narrow: true,
    behaviour: edit('authenticate', (user, request, users) => {
      const reads = request.method === 'GET' && request.path.includes(`(${table.key}=`);
      return user ?? (reads ? users[0] : undefined);
    }),
  },
  'sign-in': {
    summary: 'sends a request without a token to the sign-in page',
    alsoBreaks: { 'sdk.anonymous': 'the organization service asks for a token alike' },
    behaviour: edit('answer', (answer, request) => {
      if (answer.status !== 401) return answer;
      return { ...withHeader(answer, headers.location, `${request.origin}/signin`), status: 302 };
    }),
  },
  scheme: {
    summary: 'takes a token of any scheme',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ?? users.find(({ token }) => (request.headers.authorization ?? '').endsWith(` ${token}`)),
    ),
  },
  unknown: {
    summary: 'takes an unknown token for the initiator’s where the monitor is read',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ??
        (request.headers.authorization?.startsWith('Bearer ') === true &&
        request.method === 'GET' &&
        request.path.startsWith(paths.monitor)
          ? users[0]
          : undefined),
    ),
  },
  empty: {
    summary: 'takes an empty token for the initiator’s',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ?? (/^bearer\s*$/i.test(request.headers.authorization ?? '') ? users[0] : undefined),
    ),
  },
  prefix: {
    summary: 'takes the beginning of a token for the token',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ??
        users.find(({ token }) => {
          const sent = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
          return sent !== undefined && token.startsWith(sent);
        }),
    ),
  },
  patches: {
    summary: 'lets anyone update a row',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) => user ?? (request.method === 'PATCH' ? users[0] : undefined),
    ),
  },
  counts: {
    summary: 'lets anyone count the rows',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) => user ?? (request.path.endsWith('/$count') ? users[0] : undefined),
    ),
  },
  'unknown-cancels': {
    summary: 'refuses an unknown token after it has canceled',
    narrow: true,
    behaviour: (contract) => ({
      authenticate: (request, users, situation) =>
        contract.authenticate(request, users, situation) ??
        (request.method === 'DELETE' && request.headers.authorization !== undefined ? users[0] : undefined),
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        const token = /^Bearer +(\S+)/i.exec(request.headers.authorization ?? '')?.[1];
        return about.resource === 'monitor-delete' && token !== undefined && !token.startsWith('token-')
          ? { status: 401, headers: [['WWW-Authenticate', 'Bearer']], body: undefined }
          : given;
      },
    }),
  },
  case: {
    summary: 'compares tokens without regard to case',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ??
        users.find(
          ({ token }) => request.headers.authorization?.toLowerCase() === `bearer ${token.toLowerCase()}`,
        ),
    ),
  },
  longer: {
    summary: 'takes whatever begins with a token for the token',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ?? users.find(({ token }) => request.headers.authorization?.startsWith(`Bearer ${token}`)),
    ),
  },
  'unknown-submits': {
    summary: 'refuses an unknown token after it has accepted the operation',
    narrow: true,
    behaviour: (contract) => ({
      authenticate: (request, users, situation) =>
        contract.authenticate(request, users, situation) ??
        (request.method === 'POST' && request.headers.authorization?.startsWith('Bearer ') === true
          ? users[0]
          : undefined),
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        const token = /^Bearer +(\S+)/i.exec(request.headers.authorization ?? '')?.[1];
        return about.resource === 'submit' && token !== undefined && token !== about.user?.token
          ? { status: 401, headers: [['WWW-Authenticate', 'Bearer']], body: undefined }
          : given;
      },
    }),
  },
  'unknown-lists': {
    summary: 'lets an unknown token read the list of rows',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ??
        (request.headers.authorization?.startsWith('Bearer ') === true &&
        request.method === 'GET' &&
        request.path.endsWith('/backgroundoperations')
          ? users[0]
          : undefined),
    ),
  },
  'basic-forbidden': {
    summary: 'answers 403 to credentials of another scheme',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      answer.status === 401 && request.headers.authorization?.startsWith('Basic') === true
        ? { ...answer, status: 403 }
        : answer,
    ),
  },
  'patch-notes': {
    summary: 'writes the row although it refuses a PATCH without a token',
    narrow: true,
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const id = /\(([0-9a-f-]{36})\)/i.exec(request.path)?.[1]?.toLowerCase();
          if (request.method === 'PATCH' && answer.status === 401 && id !== undefined) tried.add(id);
          return contract.answer(answer, request, about);
        },
        etag: (o) => contract.etag(tried.has(o.id) ? { ...o, version: o.version + 1 } : o),
      };
    },
  },
  property: {
    summary: 'lets anyone read a single column of a row',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) =>
        user ??
        (request.method === 'GET' && /\/backgroundoperations\([^)]*\)\/\w+/i.test(request.path)
          ? users[0]
          : undefined),
    ),
  },
  head: {
    summary: 'answers HEAD to anyone',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) => user ?? (request.method === 'HEAD' ? users[0] : undefined),
    ),
  },
  terminal: {
    summary: 'tells anyone who wants to cancel that an operation has ended',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      const o = about.find(
        /^\/api\/backgroundoperation\/([0-9a-f-]{36})$/i.exec(request.path)?.[1]?.toLowerCase() ?? '',
      );
      return answer.status === 401 && request.method === 'DELETE' && o?.state === 3
        ? withJson(answer, 409, { message: terminalMessage })
        : answer;
    }),
  },
});
