import { edit, withhold } from '../decision-edits.ts';
import { oneAtATime } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';

const step = /\/sdkmessageprocessingsteps\([0-9a-f-]{36}\)$/i;

export default defineDeviations({
  'enabled-again': {
    summary: 'leaves a step disabled that is enabled again, whatever it shows',
    narrow: true,
    behaviour: (contract) => {
      const enabled = new Set<string>();
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          if (read.method !== 'PATCH' || !step.test(read.path) || !read.body.includes('"statecode":0'))
            return read;
          enabled.add(read.path);
          return { ...read, body: read.body.replace('"statecode":0', '"statecode":1') };
        },
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          return request.method === 'GET' && enabled.has(request.path)
            ? editJson(kept, (row) => ({ ...row, statecode: 0 }))
            : kept;
        },
      };
    },
  },
  'failure-only': {
    summary: 'raises the event after failures only',
    alsoBreaks: {
      'event.independent-of-callback': 'whether the event comes depends on more than the completion',
      'event.on-cancel': 'the event that is owed after a cancellation does not come',
    },
    behaviour: withhold('webhook', (operation) => operation.status === 30),
  },
  other: {
    summary: 'raises the event for the operations of its first user only',
    alsoBreaks: {
      'event.on-cancel': 'the operations of another user are canceled, too',
    },
    behaviour: (contract) => {
      let first: string | undefined;
      return {
        deliveries: (moment, operation, situation) => {
          first ??= operation.runAs;
          const due = contract.deliveries(moment, operation, situation);
          return operation.runAs === first ? due : due.filter((kind) => kind !== 'webhook');
        },
      };
    },
  },
  'success-only': {
    summary: 'raises the event after success only',
    behaviour: withhold('webhook', (operation) => operation.status === 31),
  },
  recovered: {
    summary: 'raises no event where an operation recovered',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: withhold('webhook', (o) => o.status === 30 && o.retryCount > 0),
  },
  platform: {
    summary: 'raises no event after an error of the platform',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: withhold('webhook', (o) => o.status === 31 && (o.errorCode ?? 0) !== 0),
  },
  load: {
    summary: 'raises one event for all operations that end in the same millisecond',
    alsoBreaks: {
      'event.independent-of-callback': 'the same mistake is seen there as well',

      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      let last = -1;
      return {
        deliveries: (moment, o, situation) => {
          const due = contract.deliveries(moment, o, situation);
          if (moment !== 'completed') return due;
          const again = last === situation.now;
          last = situation.now;
          return again ? due.filter((each) => each !== 'webhook') : due;
        },
      };
    },
  },
  'first-step': {
    summary: 'notifies one step only of each operation',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const told = new Set<string>();
      return {
        outbound: (request, about) => {
          const id = about.operation?.id ?? '';
          if (request.purpose !== 'webhook') return contract.outbound(request, about);
          if (told.has(id)) return [];
          told.add(id);
          return contract.outbound(request, about);
        },
      };
    },
  },
  busy: {
    summary: 'raises no event while the webhook of another one is not answered yet',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
      'event.independent-of-callback': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: oneAtATime('webhook'),
  },
  down: {
    summary: 'calls a webhook no more once it has failed',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const down = new Set<string>();
      let last = '';
      return {
        outbound: (request, about) => {
          if (request.purpose !== 'webhook') return contract.outbound(request, about);
          last = request.url;
          return down.has(request.url) ? [] : contract.outbound(request, about);
        },
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 400) down.add(last);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
      };
    },
  },
  changed: {
    summary: 'does not call the webhook of a step that was changed',
    narrow: true,
    behaviour: (contract) => {
      const changed = new Set<string>();
      return {
        request: (request, situation) => {
          if (request.method === 'PATCH' && step.test(request.path)) changed.add(request.path.slice(-37, -1));
          return contract.request(request, situation);
        },
        ...edit('outbound', (requests, { purpose, body }) =>
          purpose === 'webhook' && changed.has(/"OwningExtension":\{"Id":"([^"]+)"/.exec(body)?.[1] ?? '')
            ? []
            : requests,
        )(contract),
      };
    },
  },
  script: {
    summary: 'does not call the webhook of a step whose name has letters beyond Latin ones',
    narrow: true,
    behaviour: edit('outbound', (requests, { purpose, body }) =>
      purpose === 'webhook' && /"OwningExtension":\{[^}]*"Name":"[^"]*[^\0-\xff]/.test(body) ? [] : requests,
    ),
  },
  deleted: {
    summary: 'notifies no other step any more once one was deleted',
    alsoBreaks: {
      'event.on-cancel': 'the events that are owed after a cancellation do not come either',
      'event.independent-of-callback': 'the callback comes without it',
    },
    behaviour: (contract) => {
      let deleted = '';
      return {
        answer: (answer, request, about) => {
          const id = /\/sdkmessageprocessingsteps\(([0-9a-f-]{36})/i.exec(request.path)?.[1];
          if (request.method === 'DELETE' && id !== undefined) deleted = id;
          if (request.method === 'POST' && request.path.endsWith('/sdkmessageprocessingsteps')) deleted = '';
          return contract.answer(answer, request, about);
        },
        deliveries: (moment, o, situation) =>
          contract.deliveries(moment, o, situation).filter((kind) => kind !== 'webhook' || deleted === ''),
      };
    },
  },
  early: {
    summary: 'shows that an operation without a callback ended only when its webhook has answered',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const open = new Set<string>();
      return {
        outbound: (request, about) => {
          const { operation } = about;
          if (request.purpose === 'webhook' && operation !== undefined && operation.callbackUrl === undefined)
            open.add(operation.id);
          return contract.outbound(request, about);
        },
        redeliverAfter: (status, delivery, o, situation) => {
          open.delete(o.id);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        monitor: (o, situation) =>
          contract.monitor(
            open.has(o.id) && o.state === 3
              ? { ...o, state: 2, status: o.canceled ? 22 : 20, outputs: undefined, errorCode: undefined }
              : o,
            situation,
          ),
      };
    },
  },
});
