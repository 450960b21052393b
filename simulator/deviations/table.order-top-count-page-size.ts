import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-page-size',
  breaks: 'table.order-top-count',
  summary: 'takes $top for the size of a page, and offers further ones',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const given = contract.request(request, situation);
      const prefer = [...given.prefer];
      const edited = editQuery(given, '$top', (top) => {
        prefer.push(`odata.maxpagesize=${top}`);
        return undefined;
      });
      return { ...edited, prefer };
    },
  }),
});
