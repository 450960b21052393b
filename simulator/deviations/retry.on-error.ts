import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'never retries',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'retry.three-times': 'the number of retries is another one',
    },
    behaviour: () => ({ retryWait: () => undefined }),
  },
  'only-platform': {
    summary: 'retries errors of the platform only',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'retry.three-times': 'the number of retries is another one',
    },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        failure.kind === 'other' ? undefined : contract.retryWait(operation, failure, situation),
    }),
  },
  'no-answer': {
    summary: 'gives up where the custom API was not answered',
    alsoBreaks: {
      'retry.three-times': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('retryWait', (wait, _o, failure) =>
      failure.message.startsWith('ControlUrl') ? undefined : wait,
    ),
  },
  'client-error': {
    summary: 'takes an answer of 4xx to an attempt for an error that will not pass',
    alsoBreaks: {
      'retry.three-times': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('retryWait', (wait, _o, failure) =>
      /answered 4\d\d /.test(failure.message) ? undefined : wait,
    ),
  },
  empty: {
    summary: 'takes an error with an empty message for none that is worth a retry',
    alsoBreaks: {
      'retry.three-times': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('retryWait', (wait, _o, failure) => (failure.message === '' ? undefined : wait)),
  },
  mixed: {
    summary: 'gives up where an error of the custom API follows one of the platform',
    narrow: true,
    behaviour: (contract) => {
      const platform = new Set<string>();
      return {
        retryWait: (o, failure, situation) => {
          if (failure.kind === 'other' && platform.has(o.id)) return undefined;
          if (failure.kind === 'platform') platform.add(o.id);
          return contract.retryWait(o, failure, situation);
        },
      };
    },
  },
});
