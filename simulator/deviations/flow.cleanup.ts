import { edit } from '../decision-edits.ts';
import type { Operation } from '../core/operation.ts';
import { defineDeviations } from '../deviation.ts';

const payloadOf = ({ inputs }: Operation): unknown => inputs.find(({ Key }) => Key === 'Payload')?.Value;

export default defineDeviations({
  'still-canceled': {
    summary: 'takes a run for canceled, since one with the same input was canceled before',
    behaviour: edit('accepted', (operation, { all }) => {
      const payload = payloadOf(operation);
      if (payload === undefined) return operation;
      for (const other of all())
        if (other.canceled && payloadOf(other) === payload) return { ...operation, canceled: true };
      return operation;
    }),
  },
  'no-callback': {
    summary: 'calls back for the first of several runs with one input only',
    behaviour: edit('deliveries', (due, _moment, operation, { all }) => {
      const payload = payloadOf(operation);
      if (payload === undefined) return due;
      for (const other of all())
        if (other.sequence < operation.sequence && payloadOf(other) === payload)
          return due.filter((each) => each !== 'callback');
      return due;
    }),
  },
  'canceled-call': {
    summary: 'takes a run for canceled whose call is that of one that was canceled, word for word',
    narrow: true,
    behaviour: edit('accepted', (operation, { all }) => {
      const call = JSON.stringify(operation.inputs);
      for (const other of all())
        if (other.canceled && JSON.stringify(other.inputs) === call) return { ...operation, canceled: true };
      return operation;
    }),
  },
  'cancels-newest': {
    summary: 'cancels the newest of the operations whose calls are the same, word for word',
    narrow: true,
    behaviour: edit('request', (request, { find, all }) => {
      const [, id] = /^\/api\/backgroundoperation\/([0-9a-f-]{36})$/i.exec(request.path) ?? [];
      const meant = find(id?.toLowerCase() ?? '');
      if (request.method !== 'DELETE' || id === undefined || meant === undefined) return request;
      const call = JSON.stringify(meant.inputs);
      const newest = [...all()].findLast((o) => o.state !== 3 && JSON.stringify(o.inputs) === call);
      return { ...request, path: request.path.replace(id, newest?.id ?? id) };
    }),
  },
  deduplicated: {
    summary: 'executes nothing whose input an operation had that succeeded',
    narrow: true,
    behaviour: (contract) => ({
      startsAt: (o, situation) => {
        const payload = payloadOf(o);
        if (payload === undefined) return contract.startsAt(o, situation);
        for (const other of situation.all())
          if (other.id !== o.id && other.status === 30 && payloadOf(other) === payload) return undefined;
        return contract.startsAt(o, situation);
      },
    }),
  },
  'failed-call': {
    summary: 'refuses a call that is that of one that failed, word for word',
    narrow: true,
    behaviour: edit('request', (request, { all }) => {
      const isRefused = [...all()].some(({ status, inputs }) => {
        const url = inputs.find(({ Key }) => Key === 'ControlUrl')?.Value;
        return status === 31 && typeof url === 'string' && request.body.includes(JSON.stringify(url));
      });
      return request.method === 'POST' && isRefused ? { ...request, body: '{"Poison":1}' } : request;
    }),
  },
});
