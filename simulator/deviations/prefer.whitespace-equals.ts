import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.whitespace-equals',
  breaks: 'prefer.whitespace',
  summary: 'does not find url with a space before or behind its equals sign',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const tight = /[;\s]url="/i.test(request.prefer.join());
      return tight ? read : { ...read, callbackUrl: undefined };
    },
  }),
});
