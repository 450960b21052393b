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
  failed: {
    summary: 'names the row as location after a failure',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.status === 31
        ? { ...payload, location: `${o.origin}/api/data/v9.2/backgroundoperations(${o.id})` }
        : payload,
    ),
  },
  'outputs-late': {
    summary: 'shows the outputs a millisecond after it has called back',
    alsoBreaks: {
      'monitor.outputs-on-success': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('monitor', (shown, o, { now }) =>
      o.status === 30 && o.callbackUrl !== undefined && o.endTime === now
        ? { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 }
        : shown,
    ),
  },
  relative: {
    summary: 'gives location as a path after a cancellation',
    narrow: true,
    behaviour: edit('callback', (payload, operation) =>
      operation.canceled
        ? { ...payload, location: String(payload.location).replace(/^https?:\/\/[^/]+/, '') }
        : payload,
    ),
  },
  shared: {
    summary: 'gives the location of the first operation that ended in the same millisecond',
    narrow: true,
    behaviour: (contract) => {
      let last = { at: -1, location: '' };
      return {
        callback: (o, location, situation) => {
          if (last.at !== situation.now) last = { at: situation.now, location };
          return contract.callback(o, last.location, situation);
        },
      };
    },
  },
});
