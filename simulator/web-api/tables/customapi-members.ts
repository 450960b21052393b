import { derivedId } from '../../events/messages.ts';
import { parameterTypes } from '../../core/operation.ts';
import type { RequestParameter } from '../../custom-apis/custom-api.ts';
import { publish } from '../../registration/executable.ts';
import type { Registered } from '../../registration/registered.ts';
import { textOf } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import { errors } from '../errors.ts';
import { builtInApis, builtInId, customizable } from './customapis.ts';
import type { Fields } from './fields.ts';
import type { RegisteredTable } from './registered-table.ts';
import { activeColumns } from './platform-columns.ts';
import { registeredTable, taken } from './registered-table.ts';

const fieldsOf = (inverse: string) =>
  ({
    uniquename: { type: 'string', longest: 128, required: true, fixed: true },
    name: { type: 'string', longest: 100, required: true },
    displayname: { type: 'string', longest: 100, required: true },
    description: { type: 'string', longest: 300, required: true },
    type: { type: 'picklist', labels: { ...parameterTypes }, initial: 0, fixed: true },
    logicalentityname: { type: 'string', longest: 100, fixed: true },
    iscustomizable: customizable,
    customapiid: {
      type: 'lookup',
      navigation: 'CustomAPIId',
      set: 'customapis',
      entity: 'customapi',
      inverse,
      required: true,
      fixed: true,
    },
  }) as const satisfies Fields;

/** What request parameters and response properties have in common. */
const common = {
  further: activeColumns<Registered>(),
  refuses(_world, row, others) {
    return taken(row, others, ['customapiid', 'uniquename']) ? errors.exists() : undefined;
  },
  saved(world, row) {
    publish(world, textOf(row, 'customapiid'));
  },
  deleted(world, row) {
    publish(world, textOf(row, 'customapiid'));
  },
} satisfies Partial<RegisteredTable>;

function builtIn(
  api: string,
  { uniqueName, type, optional = false }: RequestParameter,
  of: string,
): Registered {
  const values = {
    uniquename: uniqueName,
    name: `${api}.${uniqueName}`,
    displayname: uniqueName,
    description: uniqueName,
    type: parameterTypes.indexOf(type),
    logicalentityname: null,
    customapiid: builtInId(api),
    isoptional: optional,
  };
  return { id: derivedId(`${of}:${api}.${uniqueName}`), createdOn: 0, values };
}

/** The request parameters of custom APIs. */
export const requestParameters = registeredTable({
  set: 'customapirequestparameters',
  entity: 'customapirequestparameter',
  key: 'customapirequestparameterid',
  schemaName: 'CustomAPIRequestParameter',
  displayName: 'Custom API Request Parameter',
  fields: {
    ...fieldsOf('CustomAPIRequestParameters'),
    isoptional: { type: 'boolean', initial: false, fixed: true },
  },
  builtIn: (world: World) =>
    builtInApis(world).flatMap((api) =>
      api.parameters.map((each) => builtIn(api.uniqueName, each, 'customapirequestparameter')),
    ),
  ...common,
});

/** The response properties of custom APIs. */
export const responseProperties = registeredTable({
  set: 'customapiresponseproperties',
  entity: 'customapiresponseproperty',
  key: 'customapiresponsepropertyid',
  schemaName: 'CustomAPIResponseProperty',
  displayName: 'Custom API Response Property',
  fields: fieldsOf('CustomAPIResponseProperties'),
  builtIn: (world: World) =>
    builtInApis(world).flatMap((api) =>
      api.properties.map((each) => builtIn(api.uniqueName, each, 'customapiresponseproperty')),
    ),
  ...common,
});
