import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.needs-no-odata-headers-required',
  breaks: 'monitor.needs-no-odata-headers',
  summary: 'refuses a GET of the monitor without OData-MaxVersion',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      if (request.headers['odata-maxversion'] !== undefined) return kept;
      return withJson(kept, 400, { error: { code: '', message: 'OData-MaxVersion is required.' } });
    },
  }),
});
