import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.privileges-required-callback',
  breaks: 'access.privileges-required',
  summary: 'forgets the privileges where a callback is asked for',
  behaviour: (contract) => ({
    authenticate: (request, users, situation) => {
      const user = contract.authenticate(request, users, situation);
      const called = contract.preferences(request, situation).callbackUrl !== undefined;
      return user !== undefined && called ? { ...user, privileged: true } : user;
    },
  }),
});
