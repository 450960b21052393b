import { withJson } from '../edit.ts';
import { edit } from '../decision-edits.ts';
import { watchDeliveries } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  failed: {
    summary: 'answers 200 to DELETE of an operation that failed, as if only success were an end',
    alsoBreaks: { 'cancel.race': 'a cancellation that comes too late in a race is answered so as well' },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && about.before?.state === 3 && about.before.status === 31
        ? { ...answer, status: 200 }
        : answer,
    ),
  },
  ok: {
    summary: 'answers 200 to DELETE of a finished operation, and does nothing',
    alsoBreaks: {
      'cancel.race': 'a cancellation that comes too late in a race is answered so as well',
      'access.unprivileged-monitor': 'whoever asks is answered so',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && about.before?.state === 3 ? { ...answer, status: 200 } : answer,
    ),
  },
  recovered: {
    summary: 'answers 200 to DELETE of an operation that succeeded in a retry',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && about.before?.status === 30 && about.before.retryCount > 0
        ? withJson(answer, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 })
        : answer,
    ),
  },
  canceled: {
    summary: 'answers 200 to DELETE of an operation that was canceled already',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && about.before?.status === 32
        ? withJson(answer, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 })
        : answer,
    ),
  },
  delivering: {
    summary: 'answers 200 to DELETE until callback and event were answered',
    narrow: true,
    behaviour: (contract) => {
      const { isDelivering, ...watching } = watchDeliveries(contract);
      return {
        ...watching,
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.resource === 'monitor-delete' &&
            about.before?.state === 3 &&
            isDelivering(about.before.id)
            ? withJson(given, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 })
            : given;
        },
      };
    },
  },
  undelivered: {
    summary: 'answers 200 to DELETE of a finished operation whose callback could not be delivered',
    narrow: true,
    behaviour: (contract) => {
      const failed = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 400) failed.add(o.id);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.resource === 'monitor-delete' &&
            about.before?.state === 3 &&
            failed.has(about.before.id)
            ? withJson(given, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 })
            : given;
        },
      };
    },
  },
  'next-day': {
    summary: 'answers 200 to DELETE of what ended more than an hour ago',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' &&
      about.before?.endTime !== undefined &&
      about.now > about.before.endTime + 3_600_000
        ? withJson(answer, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 })
        : answer,
    ),
  },
});
