import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutMembers } from '../edit.ts';

export default defineDeviations({
  missing: {
    summary: 'leaves location out of the payload',
    behaviour: edit('callback', (payload) => withoutMembers(payload, members.location)),
  },
  row: {
    summary: 'names the row as location',
    behaviour: edit('callback', (payload, operation) => ({
      ...payload,
      [members.location]: `${operation.origin}/api/data/v9.2/backgroundoperations(${operation.id})`,
    })),
  },
});
