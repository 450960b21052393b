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
});
