import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.anonymous-checked-late',
  breaks: 'access.anonymous',
  summary: 'does what it was asked before it looks for a token',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => contract.authenticate(request, users, situation) ?? users[0],
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return request.headers.authorization === undefined
        ? { status: 401, headers: [['WWW-Authenticate', 'Bearer']], body: undefined }
        : kept;
    },
  }),
});
