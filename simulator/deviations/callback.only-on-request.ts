import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  last: {
    summary: 'calls back at the last known address for every operation',
    alsoBreaks: {
      'callback.after-completion': 'the callback of another operation comes before the end of this one',
      'callback.not-per-attempt': 'the callback of another operation comes between two attempts',
      'callback.once': 'the callbacks of other operations come as well',

      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'submit.preference-applied': 'the answer tells of a callback that nobody asked for',
    },
    behaviour: (contract) => {
      let known: string | undefined;
      return {
        accepted: (operation, situation) => {
          const accepted = contract.accepted(operation, situation);
          known = accepted.callbackUrl ?? known;
          return known === undefined ? accepted : { ...accepted, callbackUrl: known };
        },
      };
    },
  },
  retried: {
    summary: 'calls back at the last known address where a retry succeeded and nobody asked',
    narrow: true,
    alsoBreaks: {
      'callback.once': 'the callback of another operation comes as well',
      'submit.survives-disconnect': 'the last known address is that of a client that has gone',
    },
    behaviour: (contract) => {
      let known: string | undefined;
      return {
        accepted: (operation, situation) => {
          const accepted = contract.accepted(operation, situation);
          known = accepted.callbackUrl ?? known;
          return accepted;
        },
        afterStep: (after, before, command, situation) => {
          const kept = contract.afterStep(after, before, command, situation);
          return kept.state === 3 &&
            kept.attempts > 1 &&
            kept.callbackUrl === undefined &&
            known !== undefined
            ? { ...kept, callbackUrl: known }
            : kept;
        },
      };
    },
  },
});
