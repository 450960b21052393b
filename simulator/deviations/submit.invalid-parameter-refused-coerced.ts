import { probe } from '../custom-apis/probe.ts';
import { defineDeviation } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviation({
  name: 'submit.invalid-parameter-refused-coerced',
  breaks: 'submit.invalid-parameter-refused',
  summary: 'turns whatever it gets for a String into text',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const body = jsonObject(read.body);
      if (body === undefined || !read.path.endsWith(`/${probe.uniqueName}`)) return read;
      const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
      const known = new Set(probe.parameters.map((each) => each.uniqueName));
      return {
        ...read,
        body: JSON.stringify(
          Object.fromEntries(
            Object.entries(body).map(([name, value]) => [name, known.has(name) ? text(value) : value]),
          ),
        ),
      };
    },
  }),
});
