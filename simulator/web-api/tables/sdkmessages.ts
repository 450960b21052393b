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
    flagColumn('isactive', () => true),
    flagColumn('isreadonly', () => false),
    flagColumn('isvalidforexecuteasync', () => true),
  ],
  rows: (world) => [...messageNames, ...world.apis.keys()],
};

/** Which tables a message is for. None is needed here: the messages of the simulator are for no table. */
export const sdkMessageFilters: SmallTable<never> = {
  set: 'sdkmessagefilters',
  entity: 'sdkmessagefilter',
  key: 'sdkmessagefilterid',
  schemaName: 'SdkMessageFilter',
  displayName: 'Sdk Message Filter',
  columns: [
    { name: 'sdkmessagefilterid', type: 'guid', read: () => null },
    { name: 'name', type: 'string', read: () => null },
    { name: 'primaryobjecttypecode', type: 'string', read: () => null },
    {
      name: '_sdkmessageid_value',
      type: 'lookup',
      lookup: {
        navigation: 'sdkmessageid',
        entity: 'sdkmessage',
        inverse: 'sdkmessageid_sdkmessagefilter',
      },
      read: () => null,
    },
  ],
  rows: () => [],
};
