import type { ServiceEndpoint } from '../../events/tables.ts';
import { headerProblem } from '../../events/context.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { newKey } from './fields.ts';
import type { SmallTable } from './small-table.ts';
import {
  authoredColumns,
  changedBy,
  componentColumns,
  managedColumn,
  versionOf,
} from './platform-columns.ts';
import { flagColumn, wholeNumber } from './small-table.ts';

const webhook = 8;
/** The documented lengths. Source: table reference of ServiceEndpoint. */
const longest = { name: 256, url: 2000, authvalue: 2048 } as const;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function isUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:/i.test(url);
}

/** The refusal of the first text that is longer than its column. */
function lengthProblem(body: Readonly<Record<string, unknown>>): ApiError | undefined {
  for (const [column, most] of Object.entries(longest)) {
    if ((text(body[column])?.length ?? 0) > most) return errors.tooLong(column, 'serviceendpoint', most);
  }
  return undefined;
}

/** Columns of the table reference that make no difference to a webhook, and the one that is written only. */
const takes = [
  'authvalue',
  'introducedversion',
  'keyvaultreferenceid',
  'messagecharset',
  'namespaceaddress',
  'namespaceformat',
  'path',
  'runtimeintegrationproperties',
  'saskey',
  'saskeyname',
  'sastoken',
  'schematype',
  'solutionnamespace',
  'usekeyvaultconfiguration',
  'userclaim',
];

/** Where events can be sent. Only webhooks (contract 8) are ever called. */
export const serviceEndpoints: SmallTable<ServiceEndpoint> = {
  set: 'serviceendpoints',
  entity: 'serviceendpoint',
  key: 'serviceendpointid',
  schemaName: 'ServiceEndpoint',
  displayName: 'Service Endpoint',
  takes,
  version: versionOf,
  columns: [
    { name: 'serviceendpointid', type: 'guid', read: (row) => row.id },
    { name: 'name', type: 'string', read: (row) => row.name },
    { name: 'contract', type: 'picklist', read: (row) => row.contract, labels: { 8: 'Webhook' } },
    { name: 'url', type: 'string', read: (row) => row.url },
    {
      name: 'authtype',
      type: 'picklist',
      read: (row) => row.authType,
      labels: { 4: 'Webhook Key', 5: 'Http Header', 6: 'Http Query String' },
    },
    { ...flagColumn<ServiceEndpoint>('isauthvalueset', (row) => row.authValue !== null), readOnly: true },
    { name: 'description', type: 'string', longest: 2_000, read: (row) => row.description ?? null },
    {
      name: 'connectionmode',
      type: 'picklist',
      read: () => 1,
      labels: { 1: 'Normal', 2: 'Federated' },
    },
    {
      name: 'messageformat',
      type: 'picklist',
      read: () => 2,
      labels: { 1: 'Binary XML', 2: 'Json', 3: 'Text XML' },
    },
    managedColumn('iscustomizable', 'iscustomizableanddeletable', () => true),
    ...authoredColumns<ServiceEndpoint>(),
    ...componentColumns<ServiceEndpoint>(),
  ],
  rows: (world) => [...world.events.endpoints.values()],
  insert(world, body, now, by) {
    const tooLong = lengthProblem(body);
    if (tooLong !== undefined) return { error: tooLong };
    const contract = wholeNumber(body.contract);
    const url = text(body.url);
    if (typeof body.name !== 'string') return { error: errors.invalidArgument("'name' is required.") };
    if (contract === undefined) return { error: errors.invalidArgument("'contract' is required.") };
    if (contract === webhook && (url === null || !isUrl(url))) {
      return { error: errors.invalidArgument("A webhook needs a 'url' of http or https.") };
    }
    const id = newKey({ key: 'serviceendpointid' }, body);
    if (world.events.endpoints.has(id)) return { error: errors.exists() };
    const authType = wholeNumber(body.authtype) ?? null;
    const authValue = text(body.authvalue);
    const problem = headerProblem({ authType, authValue });
    if (problem !== undefined) return { error: errors.invalidArgument(`'authvalue': ${problem}.`) };
    world.events.endpoints.set(id, {
      id,
      name: body.name,
      contract,
      url,
      authType,
      authValue,
      description: text(body.description),
      createdOn: now,
      createdBy: by.id,
    });
    return { id };
  },
  change(world, row, body, now, by) {
    const tooLong = lengthProblem(body);
    if (tooLong !== undefined) return tooLong;
    const url = body.url === undefined ? row.url : text(body.url);
    if (url === null || !isUrl(url)) return errors.invalidArgument("'url' has to be http or https.");
    const authType = wholeNumber(body.authtype) ?? row.authType;
    const authValue = text(body.authvalue) ?? row.authValue;
    const problem = headerProblem({ authType, authValue });
    if (problem !== undefined) return errors.invalidArgument(`'authvalue': ${problem}.`);
    world.events.endpoints.set(row.id, {
      ...row,
      url,
      name: text(body.name) ?? row.name,
      authType,
      authValue,
      description: text(body.description) ?? row.description ?? null,
      ...changedBy(row, by.id, now),
    });
    return undefined;
  },
  remove: (world, id) => world.events.endpoints.delete(id),
};
