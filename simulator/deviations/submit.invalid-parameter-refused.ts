import { withHeader } from '../edit.ts';
import { probe } from '../custom-apis/probe.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviations({
  coerced: {
    summary: 'turns whatever it gets for a String into text',
    behaviour: edit('request', (request) => {
      const body = jsonObject(request.body);
      if (body === undefined || !request.path.endsWith(`/${probe.uniqueName}`)) return request;
      const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
      const known = new Set(probe.parameters.map((each) => each.uniqueName));
      return {
        ...request,
        body: JSON.stringify(
          Object.fromEntries(
            Object.entries(body).map(([name, value]) => [name, known.has(name) ? text(value) : value]),
          ),
        ),
      };
    }),
  },
  ignored: {
    summary: 'drops parameters that the custom API does not have',
    behaviour: edit('request', (request) => {
      const body = jsonObject(request.body);
      if (body === undefined || !request.path.endsWith(`/${probe.uniqueName}`)) return request;
      const known = new Set(probe.parameters.map((each) => each.uniqueName));
      return {
        ...request,
        body: JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => known.has(name)))),
      };
    }),
  },
  created: {
    summary: 'gives the id of an operation with its refusal',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'submit' && answer.status === 400
        ? withHeader(answer, 'x-ms-dyn-backgroundoperationid', crypto.randomUUID())
        : answer,
    ),
  },
});
