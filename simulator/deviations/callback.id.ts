import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutMembers } from '../edit.ts';

export default defineDeviations({
  missing: {
    summary: 'leaves the id out of the payload',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: edit('callback', (payload) => withoutMembers(payload, members.id)),
  },
  own: {
    summary: 'gives each callback an id of its own',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: edit('callback', (payload) => ({ ...payload, [members.id]: crypto.randomUUID() })),
  },
  canceled: {
    summary: 'sends an id of its own after a cancellation',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 32 ? { ...payload, backgroundOperationId: crypto.randomUUID() } : payload,
    ),
  },
  moment: {
    summary: 'sends the id of another operation that ended in the same millisecond',
    narrow: true,
    behaviour: edit('callback', (payload, o, _location, situation) => {
      const twin = [...situation.all()].find(
        (each) => each.endTime === o.endTime && each.callbackUrl !== undefined,
      );
      return twin === undefined ? payload : { ...payload, backgroundOperationId: twin.id };
    }),
  },
});
