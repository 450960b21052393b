import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.order-top-count-needs-filter',
  breaks: 'table.order-top-count',
  summary: 'gives no rows where there is no $filter',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const given = contract.request(request, situation);
      const whole = request.path.endsWith('/backgroundoperations') && !/(?:\$|%24)filter=/.test(given.query);
      return whole ? { ...given, query: `${given.query}&$filter=retrycount%20lt%200` } : given;
    },
  }),
});
