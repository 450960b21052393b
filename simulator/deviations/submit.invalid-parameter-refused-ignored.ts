import { probe } from '../custom-apis/probe.ts';
import { defineDeviation } from '../deviation.ts';
import { jsonObject } from '../plain.ts';

export default defineDeviation({
  name: 'submit.invalid-parameter-refused-ignored',
  breaks: 'submit.invalid-parameter-refused',
  summary: 'drops parameters that the custom API does not have',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const body = jsonObject(read.body);
      if (body === undefined || !read.path.endsWith(`/${probe.uniqueName}`)) return read;
      const known = new Set(probe.parameters.map((each) => each.uniqueName));
      return {
        ...read,
        body: JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => known.has(name)))),
      };
    },
  }),
});
