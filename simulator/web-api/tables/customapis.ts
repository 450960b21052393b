import { messages } from '../../../contract/vocabulary.ts';
import { derivedId, messageId } from '../../events/messages.ts';
import type { World } from '../../world.ts';
import type { SmallTable } from './small-table.ts';
import { flagColumn } from './small-table.ts';

interface CustomApiRow {
  readonly uniqueName: string;
  readonly displayName: string;
  /** 0 none, 1 asynchronous only, 2 both. */
  readonly steps: 0 | 1 | 2;
}

const complete: CustomApiRow = {
  uniqueName: messages.complete,
  displayName: 'On background operation complete',
  steps: 1,
};

function rows(world: World): CustomApiRow[] {
  const defined = [...world.apis.values()].map(({ uniqueName, displayName }): CustomApiRow => ({
    uniqueName,
    displayName,
    steps: 0,
  }));
  return [complete, ...defined];
}

/** The custom APIs defined in code, and the event's own message. Read-only. */
export const customApis: SmallTable<CustomApiRow> = {
  set: 'customapis',
  entity: 'customapi',
  key: 'customapiid',
  columns: [
    { name: 'customapiid', type: 'guid', read: (row) => derivedId(`customapi:${row.uniqueName}`) },
    { name: 'uniquename', type: 'string', read: (row) => row.uniqueName },
    { name: 'name', type: 'string', read: (row) => row.uniqueName },
    { name: 'displayname', type: 'string', read: (row) => row.displayName },
    { name: 'description', type: 'string', read: (row) => row.displayName },
    { name: 'bindingtype', type: 'picklist', read: () => 0, labels: { 0: 'Global' } },
    { name: 'boundentitylogicalname', type: 'string', read: () => null },
    flagColumn('isfunction', () => false),
    flagColumn('isprivate', () => false),
    {
      name: 'allowedcustomprocessingsteptype',
      type: 'picklist',
      read: (row) => row.steps,
      labels: { 0: 'None', 1: 'Async Only', 2: 'Sync and Async' },
    },
    { name: 'executeprivilegename', type: 'string', read: () => null },
    flagColumn('workflowsdkstepenabled', () => false),
    { name: '_sdkmessageid_value', type: 'lookup', read: (row) => messageId(row.uniqueName) },
  ],
  rows,
};
