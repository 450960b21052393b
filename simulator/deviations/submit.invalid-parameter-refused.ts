import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { withHeader, withJson } from '../edit.ts';
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
  'with-callback': {
    summary: 'drops parameters that the custom API does not have where a callback is asked for',
    narrow: true,
    behaviour: edit('request', (request) => {
      const body = jsonObject(request.body);
      if (body === undefined || !request.path.endsWith(`/${probe.uniqueName}`)) return request;
      if (!parsePrefer(request.prefer).has(preferences.callback)) return request;
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
  executes: {
    summary: 'refuses an unknown parameter after it has accepted the operation without it',
    narrow: true,
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const body =
          read.method === 'POST' && read.path.endsWith('/bgop_Probe') ? jsonObject(read.body) : undefined;
        if (body === undefined) return read;
        const known = Object.fromEntries(
          Object.entries(body).filter(([name]) => ['ControlUrl', 'Payload'].includes(name)),
        );
        return Object.keys(known).length === Object.keys(body).length
          ? read
          : { ...read, body: JSON.stringify(known), headers: { ...read.headers, 'x-unknown': '1' } };
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        return request.headers['x-unknown'] === '1'
          ? withJson({ ...given, headers: [] }, 400, {
              error: {
                code: '0x80048d19',
                message: 'A parameter is not a valid parameter for the operation.',
              },
            })
          : given;
      },
    }),
  },
  case: {
    summary: 'finds parameters whatever their case',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.method === 'POST' && request.path.endsWith('/bgop_Probe')
        ? {
            ...request,
            body: request.body.replaceAll(/"(controlurl|payload)"(?=\s*:)/gi, (name) =>
              /payload/i.test(name) ? '"Payload"' : '"ControlUrl"',
            ),
          }
        : request,
    ),
  },
  null: {
    summary: 'passes over an unknown parameter that is null',
    narrow: true,
    behaviour: edit('request', (request) => {
      const body = request.path.endsWith('/bgop_Probe') ? jsonObject(request.body) : undefined;
      return body === undefined
        ? request
        : {
            ...request,
            body: JSON.stringify(
              Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
            ),
          };
    }),
  },
});
