import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader, withoutHeader } from '../edit.ts';

export default defineDeviations({
  basic: {
    summary: 'challenges for a name and a password',
    alsoBreaks: { 'sdk.challenge': 'the organization service asks for a token alike' },
    behaviour: edit('answer', (answer) =>
      answer.status === 401 ? withHeader(answer, 'WWW-Authenticate', 'Basic realm="Dataverse"') : answer,
    ),
  },
  missing: {
    summary: 'answers 401 without a challenge',
    alsoBreaks: { 'sdk.challenge': 'the organization service asks for a token alike' },
    behaviour: edit('answer', (answer) =>
      answer.status === 401 ? withoutHeader(answer, 'WWW-Authenticate') : answer,
    ),
  },
  unknown: {
    summary: 'challenges for nothing where a token is unknown',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      answer.status === 401 && request.headers.authorization !== undefined
        ? withoutHeader(answer, 'WWW-Authenticate')
        : answer,
    ),
  },
  scheme: {
    summary: 'challenges for nothing where credentials of another scheme come',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      answer.status === 401 && /^(?!Bearer)\S/.test(request.headers.authorization ?? '')
        ? withoutHeader(answer, 'WWW-Authenticate')
        : answer,
    ),
  },
  monitor: {
    summary: 'challenges at the Web API, and not at the monitor',
    narrow: true,
    behaviour: edit('answer', (answer, request) =>
      answer.status === 401 && request.path.startsWith('/api/backgroundoperation/')
        ? withoutHeader(answer, 'WWW-Authenticate')
        : answer,
    ),
  },
});
