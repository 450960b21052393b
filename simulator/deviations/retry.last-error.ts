import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  first: {
    summary: 'keeps the error of the first attempt',
    behaviour: (contract) => {
      const first = new Map<string, { code: number; message: string }>();
      return {
        reportedError: (failure, operation, situation) => {
          const error = first.get(operation.id) ?? contract.reportedError(failure, operation, situation);
          first.set(operation.id, error);
          return error;
        },
      };
    },
  },
  previous: {
    summary: 'shows the error of the attempt before the last one',
    alsoBreaks: {
      'error.other-code-zero': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const errors = new Map<string, { code: number; message: string }>();
      return {
        reportedError: (failure, o, situation) => {
          const now = contract.reportedError(failure, o, situation);
          const before = errors.get(o.id);
          errors.set(o.id, now);
          return o.attempts === 4 ? (before ?? now) : now;
        },
      };
    },
  },
  longest: {
    summary: 'keeps the longest message of all attempts',
    alsoBreaks: {
      'error.message': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const kept = new Map<string, string>();
      return {
        reportedError: (failure, o, situation) => {
          const now = contract.reportedError(failure, o, situation);
          const before = kept.get(o.id) ?? '';
          const message = now.message.length >= before.length ? now.message : before;
          kept.set(o.id, message);
          return { ...now, message };
        },
      };
    },
  },
  'time-out': {
    summary: 'keeps the error of the attempt before where the last one timed out',
    narrow: true,
    behaviour: (contract) => {
      const kept = new Map<string, { readonly code: number; readonly message: string }>();
      return {
        reportedError: (failure, o, situation) => {
          const error = contract.reportedError(failure, o, situation);
          const earlier = kept.get(o.id);
          if (failure.kind === 'time-out' && earlier !== undefined) return earlier;
          kept.set(o.id, error);
          return error;
        },
      };
    },
  },
  empty: {
    summary: 'keeps the message of the attempt before where the last error has none',
    narrow: true,
    behaviour: (contract) => {
      const messages = new Map<string, string>();
      return {
        reportedError: (failure, o, situation) => {
          const error = contract.reportedError(failure, o, situation);
          const message = error.message || (messages.get(o.id) ?? '');
          messages.set(o.id, message);
          return { ...error, message };
        },
      };
    },
  },
});
