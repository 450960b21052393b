import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const isvAborted = -2147220891;

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
});
