import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.anonymous-initiator',
  breaks: 'access.anonymous',
  summary: 'takes a request without a token for the initiator’s',
  alsoBreaks: {
    'access.monitor-authenticated': 'the monitor is open like everything else',
  },
  behaviour: (contract) => ({
    authenticate: (request, users, situation) =>
      contract.authenticate(request, users, situation) ??
      (request.headers.authorization === undefined ? users[0] : undefined),
  }),
});
