import { messageId, messageNames } from '../../events/messages.ts';
import type { SmallTable } from './small-table.ts';
import { flagColumn } from './small-table.ts';

/** The messages of the organization: a few of the platform's, and every custom API. Read-only. */
export const sdkMessages: SmallTable<string> = {
  set: 'sdkmessages',
  entity: 'sdkmessage',
  key: 'sdkmessageid',
  schemaName: 'SdkMessage',
  displayName: 'Sdk Message',
  columns: [
    { name: 'sdkmessageid', type: 'guid', read: messageId },
    { name: 'name', type: 'string', read: (name) => name },
    { name: 'categoryname', type: 'string', read: () => null },
    flagColumn('isprivate', () => false),
  ],
  rows: (world) => [...messageNames, ...world.apis.keys()],
};
