import { probeDefinition } from '../../contract/probe.ts';
import type { Json } from '../core/operation.ts';
import { parameterTypes } from '../core/operation.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { executePlugIn } from '../custom-apis/probe.ts';
import type { World } from '../world.ts';
import type { Registered, RegistrationSet } from './registered.ts';
import { rowsWith, textOf } from './registered.ts';

type Execute = CustomApi['execute'];

/** The plug-in classes that the simulator can stand in for: it runs no .NET. */
const executable: Readonly<Record<string, Execute>> = { [probeDefinition.pluginType]: executePlugIn };

/** Makes what is registered of a custom API callable, or takes it away where it is no more. */
export function publish(world: World, apiId: string): void {
  const row = world.registrations.customapis.get(apiId);
  if (row !== undefined) world.apis.set(textOf(row, 'uniquename'), customApiOf(world, row));
}

/** Takes a registered custom API away: it cannot be called any more. */
export function withdraw(world: World, row: Registered): void {
  world.apis.delete(textOf(row, 'uniquename'));
}

function customApiOf(world: World, row: Registered): CustomApi {
  const members = (set: RegistrationSet) =>
    rowsWith(world.registrations, set, 'customapiid', row.id).flatMap((member) => {
      const type = parameterTypes[Number(member.values.type)];
      const uniqueName = textOf(member, 'uniquename');
      return type === undefined ? [] : [{ uniqueName, type, optional: member.values.isoptional === true }];
    });
  return {
    uniqueName: textOf(row, 'uniquename'),
    displayName: textOf(row, 'displayname'),
    ...bindingOf(row),
    isFunction: row.values.isfunction === true,
    isPrivate: row.values.isprivate === true,
    parameters: members('customapirequestparameters'),
    properties: members('customapiresponseproperties'),
    execute: executeOf(world, row),
  };
}

function bindingOf({ values }: Registered): Pick<CustomApi, 'binding'> {
  const { bindingtype, boundentitylogicalname } = values;
  if (bindingtype === 0 || typeof boundentitylogicalname !== 'string') return {};
  return { binding: { kind: bindingtype === 1 ? 'entity' : 'collection', entity: boundentitylogicalname } };
}

/** A custom API without a plug-in does nothing and sets no output. */
function executeOf(world: World, row: Registered): Execute {
  const link = row.values.plugintypeid;
  if (typeof link !== 'string') return () => ({}) satisfies Record<string, Json>;
  const typeName = textOf(world.registrations.plugintypes.get(link), 'typename');
  return (
    executable[typeName] ??
    (() => {
      throw new Error(
        `The simulator runs no .NET: it stands in for ${probeDefinition.pluginType}, not for ${typeName}.`,
      );
    })
  );
}
