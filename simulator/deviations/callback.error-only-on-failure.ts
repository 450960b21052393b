import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  null: {
    summary: 'sends null for an error that never was',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: edit('callback', (payload) => ({
      [members.errorCode]: null,
      [members.errorMessage]: null,
      ...payload,
    })),
  },
  canceled: {
    summary: 'tells of a cancellation before the start as an error',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 32 && o.attempts === 0
        ? { ...payload, backgroundOperationErrorCode: 0, backgroundOperationErrorMessage: 'Canceled' }
        : payload,
    ),
  },
});
