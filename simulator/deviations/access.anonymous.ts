import { headers, paths, table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';

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
  'sign-in': {
    summary: 'sends a request without a token to the sign-in page',
    alsoBreaks: { 'sdk.anonymous': 'the organization service asks for a token alike' },
    behaviour: edit('answer', (answer, request) => {
      if (answer.status !== 401) return answer;
      return { ...withHeader(answer, headers.location, `${request.origin}/signin`), status: 302 };
    }),
  },
});
