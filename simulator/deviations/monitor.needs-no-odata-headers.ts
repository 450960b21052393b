import { editMonitorAnswer } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  required: {
    summary: 'refuses a GET of the monitor without OData-MaxVersion',
    behaviour: editMonitorAnswer((answer, _operation, request) => {
      if (request.headers['odata-maxversion'] !== undefined) return answer;
      return withJson(answer, 400, { error: { code: '', message: 'OData-MaxVersion is required.' } });
    }),
  },
});
