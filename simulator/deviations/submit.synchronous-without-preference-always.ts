import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.synchronous-without-preference-always',
  breaks: 'submit.synchronous-without-preference',
  summary: 'runs every custom API in the background, asked or not',
  behaviour: (contract) => ({
    preferences: (request, situation) => ({
      ...contract.preferences(request, situation),
      respondAsync: true,
    }),
  }),
});
