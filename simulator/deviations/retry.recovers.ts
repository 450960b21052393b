import { pairs } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  failed: {
    summary: 'ends as failed although a retry succeeded',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: edit('succeeded', (codes, operation) =>
      operation.attempts > 1 && !operation.canceled ? pairs.failed : codes,
    ),
  },
  'no-outputs': {
    summary: 'drops the outputs of a retry that succeeded',
    alsoBreaks: { 'table.outputparameters': 'the outputs are lost in the row too' },
    behaviour: edit('keptOutputs', (outputs, operation) => (operation.attempts > 1 ? [] : outputs)),
  },
  fourth: {
    summary: 'calls an operation failed whose fourth attempt succeeded',
    alsoBreaks: {
      'state.succeeded': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('succeeded', (codes, o) => (o.attempts === 4 ? { state: 3, status: 31 } : codes)),
  },
  'after-platform': {
    summary: 'calls an operation failed that recovered from an error of the platform',
    narrow: true,
    behaviour: (contract) => {
      const platform = new Set<string>();
      return {
        retryWait: (o, failure, situation) => {
          if (failure.kind === 'platform') platform.add(o.id);
          return contract.retryWait(o, failure, situation);
        },
        succeeded: (o, situation) =>
          platform.has(o.id) && !o.canceled ? { state: 3, status: 31 } : contract.succeeded(o, situation),
      };
    },
  },
  'outputs-fourth': {
    summary: 'shows no outputs where the fourth attempt succeeded',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30 && o.attempts === 4,
      (_shown, o, contract) => contract({ ...o, outputs: undefined }),
    ),
  },
  'time-out': {
    summary: 'calls an operation failed that recovered from a time-out',
    narrow: true,
    behaviour: (contract) => {
      const timedOut = new Set<string>();
      return {
        retryWait: (o, failure, situation) => {
          if (failure.kind === 'time-out') timedOut.add(o.id);
          return contract.retryWait(o, failure, situation);
        },
        succeeded: (o, situation) =>
          timedOut.has(o.id) && !o.canceled ? { state: 3, status: 31 } : contract.succeeded(o, situation),
      };
    },
  },
});
