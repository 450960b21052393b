import type { Failure } from '../core/lifecycle.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const isvAborted = -2147220891;

/** Keeps the code of an earlier failure of a kind beside a later one that is the custom API's own. */
function keepCodeOf(kind: Failure['kind']): BehaviourEdit {
  return (contract) => {
    const codes = new Map<string, number>();
    return {
      reportedError: (failure, o, situation) => {
        const error = contract.reportedError(failure, o, situation);
        if (failure.kind === kind) codes.set(o.id, error.code);
        return failure.kind === 'other' ? { ...error, code: codes.get(o.id) ?? error.code } : error;
      },
    };
  };
}

export default defineDeviations({
  generic: {
    summary: 'gives an error of the plug-in the platform code for aborted plug-ins',
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'other' ? { ...error, code: isvAborted } : error,
    ),
  },
  one: {
    summary: 'shows -1 for errors that are not the platform’s',
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'other' ? { ...error, code: -1 } : error,
    ),
  },
  'after-platform': {
    summary: 'keeps the platform’s code of an earlier attempt beside a later error of the plug-in',
    narrow: true,
    behaviour: keepCodeOf('platform'),
  },
  'no-answer': {
    summary: 'gives -1 where the custom API itself could not be reached',
    narrow: true,
    behaviour: edit('reportedError', (error, failure) => ({
      ...error,
      code: failure.message.startsWith('ControlUrl') ? -1 : error.code,
    })),
  },
  malformed: {
    summary: 'takes what a custom API answers and nobody understands for an error of the platform',
    narrow: true,
    behaviour: edit('reportedError', (error, failure) => ({
      ...error,
      code: /no JSON object|unknown outcome/.test(failure.message) ? isvAborted : error.code,
    })),
  },
  parsed: {
    summary: 'takes a code out of the message of an error that is not the platform’s',
    narrow: true,
    behaviour: edit('reportedError', (error, failure) => {
      const code = /0x8[0-9a-f]{7}/i.exec(failure.message)?.[0];
      return failure.kind === 'other' && code !== undefined ? { ...error, code: Number(code) | 0 } : error;
    }),
  },
  'after-time-out': {
    summary: 'keeps the code of a time-out beside a later error of the custom API',
    narrow: true,
    behaviour: keepCodeOf('time-out'),
  },
});
