import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  four: {
    summary: 'retries four times, as if the first attempt were no attempt',
    alsoBreaks: {
      'retry.three-times': 'four retries are not three',
      'state.legal-history': 'no life of an operation has a fifth attempt',
    },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) => {
        const counted = { ...operation, attempts: Math.max(1, operation.attempts - 1) };
        return contract.retryWait(counted, failure, situation);
      },
    }),
  },
  unbounded: {
    summary: 'retries nine times',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'retry.three-times': 'the number of retries is another one',
    },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        operation.canceled || operation.attempts > 9
          ? undefined
          : (contract.retryWait(
              { ...operation, attempts: Math.min(operation.attempts, 3) },
              failure,
              situation,
            ) ?? 1_000) *
            2 ** operation.attempts,
    }),
  },
  platform: {
    summary: 'retries errors of the platform five times',
    narrow: true,
    behaviour: (contract) => ({
      retryWait: (o, failure, situation) =>
        failure.kind === 'platform' && !o.canceled && o.attempts > 3 && o.attempts < 6
          ? 300_000
          : contract.retryWait(o, failure, situation),
    }),
  },
  unreached: {
    summary: 'retries once more where the custom API could not be reached',
    narrow: true,
    behaviour: (contract) => ({
      retryWait: (o, failure, situation) =>
        failure.message.startsWith('ControlUrl') && !o.canceled && o.attempts === 4
          ? 300_000
          : contract.retryWait(o, failure, situation),
    }),
  },
  mixed: {
    summary: 'counts the retries of each kind of error apart',
    narrow: true,
    behaviour: (contract) => {
      const own = new Map<string, number>();
      return {
        retryWait: (o, failure, situation) => {
          const key = `${o.id} ${failure.kind}`;
          const made = (own.get(key) ?? 0) + 1;
          own.set(key, made);
          return contract.retryWait({ ...o, attempts: Math.min(made, 4) }, failure, situation);
        },
      };
    },
  },
});
