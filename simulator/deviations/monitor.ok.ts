import { editMonitorAnswer } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviations({
  'accepted-until-done': {
    summary: 'answers 202 until the operation is finished, as a common pattern of polling has it',
    alsoBreaks: { 'sdk.outputs': 'the same operation, seen through the organization service' },
    behaviour: editMonitorAnswer((answer, operation) =>
      answer.status === 200 && operation.state !== 3 ? { ...answer, status: 202 } : answer,
    ),
  },
  'error-status': {
    summary: 'answers with a status of an error after a failure',
    behaviour: editMonitorAnswer((answer, operation) =>
      operation.status === 31 ? { ...answer, status: 500 } : answer,
    ),
  },
  'gone-when-canceled': {
    summary: 'answers 410 once the operation was canceled',
    behaviour: editMonitorAnswer((answer, operation) =>
      operation.status === 32 ? { ...answer, status: 410 } : answer,
    ),
  },
  'no-content': {
    summary: 'answers 204 while there is nothing to tell',
    alsoBreaks: {
      'access.unprivileged-monitor': 'whoever asks is answered so',
      'sdk.outputs': 'the same operation, seen through the organization service',
    },
    behaviour: editMonitorAnswer((answer, operation) =>
      operation.state === 3
        ? answer
        : { ...withoutHeader(answer, 'Content-Type'), status: 204, body: undefined },
    ),
  },
  accept: {
    summary: 'answers 406 to clients that would take something else as well',
    narrow: true,
    behaviour: editMonitorAnswer((answer, _operation, request) =>
      request.headers.accept?.includes(',') === true ? { ...answer, status: 406 } : answer,
    ),
  },
  canceling: {
    summary: 'answers 202 while a canceled operation runs',
    alsoBreaks: {
      'access.unprivileged-monitor': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: editMonitorAnswer((answer, o) =>
      o.status === 22 && o.executing ? { ...answer, status: 202 } : answer,
    ),
  },
  retry: {
    summary: 'answers 202 while a retry is awaited',
    alsoBreaks: {
      'access.unprivileged-monitor': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: editMonitorAnswer((answer, o) =>
      !o.executing && o.attempts > 0 && o.state !== 3 ? { ...answer, status: 202 } : answer,
    ),
  },
  platform: {
    summary: 'answers 500 where an operation has failed by the platform',
    narrow: true,
    behaviour: editMonitorAnswer((answer, o) =>
      o.status === 31 && o.errorCode !== 0 ? { ...answer, status: 500 } : answer,
    ),
  },
});
