import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutMembers } from '../edit.ts';

export default defineDeviations({
  'code-string': {
    summary: 'sends the error code as a string',
    behaviour: edit('callback', (payload, operation) =>
      members.errorCode in payload
        ? { ...payload, [members.errorCode]: String(operation.errorCode) }
        : payload,
    ),
  },
  missing: {
    summary: 'leaves code and message out after a failure',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: edit('callback', (payload) =>
      withoutMembers(payload, members.errorCode, members.errorMessage),
    ),
  },
  platform: {
    summary: 'leaves the message out of the callback after an error of the platform',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      (o.errorCode ?? 0) !== 0 ? withoutMembers(payload, 'backgroundOperationErrorMessage') : payload,
    ),
  },
  canceled: {
    summary: 'leaves the error out of the callback where a canceled operation failed',
    narrow: true,
    behaviour: edit('callback', (payload, o) =>
      o.canceled
        ? withoutMembers(payload, 'backgroundOperationErrorCode', 'backgroundOperationErrorMessage')
        : payload,
    ),
  },
});
