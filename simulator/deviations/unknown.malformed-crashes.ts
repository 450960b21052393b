import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.malformed-crashes',
  breaks: 'unknown.malformed',
  summary: 'fails itself over an id that is no GUID',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const id = /\/backgroundoperations?[/(]([^()]*)\)?$/.exec(request.path)?.[1];
      return id === undefined || guid.test(id) || kept.status < 400
        ? kept
        : withJson(kept, 500, { error: { code: '0x80040216', message: 'Unrecognized Guid format.' } });
    },
  }),
});
