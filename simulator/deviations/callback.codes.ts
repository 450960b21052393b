import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  constant: {
    summary: 'sends (3,30) whatever became of the operation',
    alsoBreaks: {
      'sdk.callback-uri': 'the same callback, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('callback', (payload) => ({ ...payload, [members.status]: 30 })),
  },
  nested: {
    summary: 'sends the codes in an object of their own',
    alsoBreaks: {
      'sdk.callback-uri': 'the same callback, asked for through the organization service',
      'callback.only-documented-members': 'the payload has a member that is not documented',
      'callback.error-on-failure': 'the error is not where it is documented',
    },
    behaviour: edit('callback', (payload, operation, location) => ({
      [members.id]: operation.id,
      [members.location]: location,
      status: payload,
    })),
  },
  strings: {
    summary: 'sends the codes as strings',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: edit('callback', (payload, operation) => ({
      ...payload,
      [members.state]: String(operation.state),
      [members.status]: String(operation.status),
    })),
  },
  canceled: {
    summary: 'sends (2,22) after a cancellation',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.canceled
        ? { ...payload, backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 }
        : payload,
    ),
  },
  recovered: {
    summary: 'sends (3,31) where an operation recovered',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 30 && o.retryCount > 0 ? { ...payload, backgroundOperationStatusCode: 31 } : payload,
    ),
  },
});
