import { messages } from '../../../contract/vocabulary.ts';
import type { CustomApi } from '../../custom-apis/custom-api.ts';
import { derivedId, messageId } from '../../events/messages.ts';
import { publish, withdraw } from '../../registration/executable.ts';
import type { Registered } from '../../registration/registered.ts';
import { rowsWith, textOf } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import { errors } from '../errors.ts';
import { activeColumns } from './platform-columns.ts';
import { registeredTable, taken } from './registered-table.ts';

/** A publisher's prefix, an underscore, and a name without special characters. */
const uniqueName = /^[a-z][a-z0-9]{1,7}_\w+$/i;

/** The id under which a custom API that is defined in code is listed. */
export function builtInId(name: string): string {
  return derivedId(`customapi:${name}`);
}

/** The custom APIs that are defined in code, not registered. */
export function builtInApis(world: World) {
  const registered = new Set(
    [...world.registrations.customapis.values()].map((row) => textOf(row, 'uniquename')),
  );
  return [...world.apis.values()].filter((api) => !registered.has(api.uniqueName));
}

/** Whether a solution lets a component be changed: what clients send as `{ "Value": false }`. */
export const customizable = {
  type: 'managed',
  initial: true,
  property: 'iscustomizableanddeletable',
} as const;

function builtIn(
  name: string,
  displayName: string,
  steps: 0 | 1,
  { binding, isFunction = false, isPrivate = false }: Partial<CustomApi> = {},
): Registered {
  const values = {
    uniquename: name,
    name,
    displayname: displayName,
    description: displayName,
    bindingtype: binding === undefined ? 0 : binding.kind === 'entity' ? 1 : 2,
    boundentitylogicalname: binding?.entity ?? null,
    isfunction: isFunction,
    isprivate: isPrivate,
    allowedcustomprocessingsteptype: steps,
    executeprivilegename: null,
    workflowsdkstepenabled: false,
    plugintypeid: null,
  };
  return { id: builtInId(name), createdOn: 0, values };
}

/** The custom APIs: those that clients register, those defined in code, and the event's own message. */
export const customApis = registeredTable({
  set: 'customapis',
  entity: 'customapi',
  key: 'customapiid',
  schemaName: 'CustomAPI',
  displayName: 'Custom API',
  fields: {
    uniquename: { type: 'string', longest: 128, required: true, fixed: true },
    name: { type: 'string', longest: 100, required: true },
    displayname: { type: 'string', longest: 100, required: true },
    description: { type: 'string', longest: 300, required: true },
    bindingtype: {
      type: 'picklist',
      labels: { 0: 'Global', 1: 'Entity', 2: 'Entity Collection' },
      initial: 0,
      fixed: true,
    },
    boundentitylogicalname: { type: 'string', longest: 100, fixed: true },
    isfunction: { type: 'boolean', initial: false, fixed: true },
    isprivate: { type: 'boolean', initial: false },
    allowedcustomprocessingsteptype: {
      type: 'picklist',
      labels: { 0: 'None', 1: 'Async Only', 2: 'Sync and Async' },
      initial: 0,
      fixed: true,
    },
    executeprivilegename: { type: 'string', longest: 100 },
    workflowsdkstepenabled: { type: 'boolean', initial: false, fixed: true },
    iscustomizable: customizable,
    plugintypeid: {
      type: 'lookup',
      navigation: 'PluginTypeId',
      set: 'plugintypes',
      entity: 'plugintype',
      inverse: 'plugintype_customapi',
    },
  },
  further: [
    ...activeColumns<Registered>(),
    {
      name: '_sdkmessageid_value',
      type: 'lookup',
      lookup: { navigation: 'SdkMessageId', entity: 'sdkmessage', inverse: 'sdkmessage_customapi' },
      read: (row) => messageId(textOf(row, 'uniquename')),
    },
  ],
  builtIn: (world) => [
    builtIn(messages.complete, 'On background operation complete', 1),
    ...builtInApis(world).map((api) => builtIn(api.uniqueName, api.displayName, 0, api)),
  ],
  refuses(_world, row, others) {
    const name = textOf(row, 'uniquename');
    if (!uniqueName.test(name)) {
      return errors.invalidArgument(
        `'${name}' is not a unique name of a custom API: it starts with a publisher's prefix and an underscore.`,
      );
    }
    if ((row.values.bindingtype === 0) !== (row.values.boundentitylogicalname === null))
      return errors.invalidArgument(
        "'boundentitylogicalname' has to be set where 'bindingtype' is 1 or 2, and only there.",
      );
    return taken(row, others, ['uniquename']) ? errors.exists() : undefined;
  },
  saved: (world, row) => {
    publish(world, row.id);
  },
  deleted(world, row) {
    const { registrations } = world;
    for (const set of ['customapirequestparameters', 'customapiresponseproperties'] as const)
      for (const { id } of rowsWith(registrations, set, 'customapiid', row.id)) registrations[set].delete(id);
    withdraw(world, row);
  },
});
