import { messages } from '../../../contract/vocabulary.ts';
import { performableFunction } from '../performable-operations.ts';
import type { OperationFacts } from './csdl-operations.ts';
import type { Element } from './csdl-writer.ts';
import { element } from './csdl-writer.ts';

/** The platform's own messages that the Web API of the simulator knows besides the custom APIs. */
export const platformOperations: readonly OperationFacts[] = [
  {
    name: messages.whoAmI,
    kind: 'Function',
    parameters: [],
    properties: [
      { name: 'BusinessUnitId', type: 'Edm.Guid' },
      { name: 'UserId', type: 'Edm.Guid' },
      { name: 'OrganizationId', type: 'Edm.Guid' },
    ],
  },
  {
    name: 'RetrieveVersion',
    kind: 'Function',
    parameters: [],
    properties: [{ name: 'Version', type: 'Edm.String' }],
  },
  {
    name: 'RetrieveCurrentOrganization',
    kind: 'Function',
    parameters: [{ name: 'AccessType', type: 'mscrm.EndpointAccessType' }],
    properties: [{ name: 'Detail', type: 'mscrm.OrganizationDetail' }],
  },
  {
    name: performableFunction.name,
    kind: 'Function',
    parameters: performableFunction.parameters.map((name) => ({ name, type: 'Edm.String' })),
    properties: [],
    returns: 'Collection(mscrm.customapi)',
  },
  {
    name: messages.complete,
    kind: 'Action',
    parameters: [
      { name: 'PayloadType', type: 'Edm.Int32' },
      { name: 'CallbackUrl', type: 'Edm.String', optional: true },
      { name: 'LocationUrl', type: 'Edm.String' },
      { name: 'BackgroundOperationId', type: 'Edm.Guid' },
    ],
    properties: [
      { name: 'OperationName', type: 'Edm.String' },
      { name: 'BackgroundOperationStateCode', type: 'Edm.Int32' },
      { name: 'BackgroundOperationStatusCode', type: 'Edm.Int32' },
    ],
  },
];

const texts = (names: readonly string[]) =>
  names.map((name) => element('Property', { Name: name, Type: 'Edm.String', Unicode: 'false' }));

/** The types that those messages need besides their answers. */
export const platformTypes: readonly Element[] = [
  element(
    'EnumType',
    { Name: 'EndpointAccessType' },
    ['Default', 'Internet', 'Intranet'].map((name, value) =>
      element('Member', { Name: name, Value: String(value) }),
    ),
  ),
  element('ComplexType', { Name: 'BooleanManagedProperty' }, [
    element('Property', { Name: 'Value', Type: 'Edm.Boolean', Nullable: 'false' }),
    element('Property', { Name: 'CanBeChanged', Type: 'Edm.Boolean', Nullable: 'false' }),
    ...texts(['ManagedPropertyLogicalName']),
  ]),
  element('ComplexType', { Name: 'EndpointCollection' }, [
    element('Property', { Name: 'Count', Type: 'Edm.Int32', Nullable: 'false' }),
    element('Property', { Name: 'IsReadOnly', Type: 'Edm.Boolean', Nullable: 'false' }),
    element('Property', { Name: 'Keys', Type: 'Collection(Edm.String)' }),
    element('Property', { Name: 'Values', Type: 'Collection(Edm.String)', Unicode: 'false' }),
  ]),
  element('ComplexType', { Name: 'OrganizationDetail' }, [
    element('Property', { Name: 'OrganizationId', Type: 'Edm.Guid', Nullable: 'false' }),
    element('Property', { Name: 'DatacenterId', Type: 'Edm.Guid' }),
    element('Property', { Name: 'Endpoints', Type: 'mscrm.EndpointCollection' }),
    ...texts([
      'FriendlyName',
      'OrganizationVersion',
      'EnvironmentId',
      'Geo',
      'TenantId',
      'UrlName',
      'UniqueName',
      'State',
    ]),
  ]),
];
