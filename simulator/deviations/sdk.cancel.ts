import { defineDeviations } from '../deviation.ts';
import type { BehaviourEdit } from '../decision-edits.ts';
import type { Operation } from '../core/operation.ts';
import { isExecute, soapMessage } from '../soap-edits.ts';

const done =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><UpdateResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"/></s:Body></s:Envelope>';

/** Says that a cancellation was carried out, and forgets it, where `when` says so. */
function forgotten(when: (operation: Operation) => boolean): BehaviourEdit {
  return (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      if (soapMessage(read) !== 'Update' || isExecute(read)) return read;
      const id = /[:<]Id>([0-9a-f-]{36})</i.exec(read.body)?.[1];
      const operation = id === undefined ? undefined : situation.find(id.toLowerCase());
      if (operation === undefined || operation.state === 3 || !when(operation)) return read;
      return { ...read, headers: { ...read.headers, 'x-forgotten': '1' }, body: '' };
    },
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return request.headers['x-forgotten'] === '1' ? { ...given, status: 200, body: done } : given;
    },
  });
}

const unasked = 'it answers before it asks who is there';
const access = { 'sdk.anonymous': unasked, 'sdk.unprivileged': unasked } as const;
const also = { 'sdk.execute-form': 'the operation Update is one of the two forms' } as const;

export default defineDeviations({
  'looks-so': {
    summary: 'answers Update as if it had canceled',
    alsoBreaks: { ...also, ...access },
    behaviour: forgotten(() => true),
  },
  'running-only': {
    summary: 'forgets an Update before the start',
    alsoBreaks: also,
    behaviour: forgotten(({ executing }) => !executing),
  },
  'waiting-only': {
    summary: 'forgets an Update while an attempt runs',
    alsoBreaks: access,
    behaviour: forgotten(({ executing }) => executing),
  },
  between: {
    summary: 'forgets an Update while a retry is awaited',
    narrow: true,
    behaviour: forgotten(({ executing, attempts }) => !executing && attempts > 0),
  },
  untold: {
    summary: 'calls nobody back where an operation was canceled by Update',
    behaviour: (contract) => {
      const updated = new Set<string>();
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const id = /[:<]Id>([0-9a-f-]{36})</i.exec(read.body)?.[1];
          const o =
            id === undefined || soapMessage(read) !== 'Update' ? undefined : situation.find(id.toLowerCase());
          if (o !== undefined && o.state !== 3) updated.add(o.id);
          return read;
        },
        deliveries: (moment, o, situation) =>
          contract
            .deliveries(moment, o, situation)
            .filter((each) => each !== 'callback' || !updated.has(o.id)),
      };
    },
  },
  retried: {
    summary: 'forgets an Update of an operation that is retried',
    narrow: true,
    behaviour: (contract) => ({
      afterStep: (after, before, command, situation) => contract.afterStep(after, before, command, situation),
      answer: (answer, request, about) => contract.answer(answer, request, about),
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const id = /[:<]Id>([0-9a-f-]{36})</i.exec(read.body)?.[1];
        const o =
          id === undefined || soapMessage(read) !== 'Update' ? undefined : situation.find(id.toLowerCase());
        return o !== undefined && o.executing && o.attempts > 1
          ? { ...read, body: read.body.replaceAll('>backgroundoperationstat', '>importsequencenumber') }
          : read;
      },
    }),
  },
});
