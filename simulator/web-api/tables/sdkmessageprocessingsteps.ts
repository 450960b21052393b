import { messages } from '../../../contract/vocabulary.ts';
import { messageId } from '../../events/messages.ts';
import type { ProcessingStep } from '../../events/tables.ts';
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
import { boundId, flagColumn, wholeNumber } from './small-table.ts';

const asynchronous = 1;
const postOperation = 40;
const disabled = 1;
/** The documented length. Source: table reference of SdkMessageProcessingStep. */
const longestName = 256;

function isTooLong(name: unknown): boolean {
  return typeof name === 'string' && name.length > longestName;
}

const tooLong = (): ApiError => errors.tooLong('name', 'sdkmessageprocessingstep', longestName);

/** The texts of a body that are kept, and change nothing. */
function textsOf({ description, configuration }: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof configuration === 'string' ? { configuration } : {}),
  };
}

/** Columns of the table reference that make no difference to a step that calls a webhook. */
const takes = [
  'canbebypassed',
  'canusereadonlyconnection',
  'category',
  'customizationlevel',
  'enablepluginprofiler',
  'eventexpander',
  'eventhandlertypecode',
  'fxexpressionid',
  'introducedversion',
  'invocationsource',
  'powerfxruleid',
  'runtimeintegrationproperties',
  'sdkmessageprocessingstepsecureconfigid',
];

/** Steps: which endpoint is called for which message. */
export const processingSteps: SmallTable<ProcessingStep> = {
  set: 'sdkmessageprocessingsteps',
  entity: 'sdkmessageprocessingstep',
  key: 'sdkmessageprocessingstepid',
  schemaName: 'SdkMessageProcessingStep',
  displayName: 'Sdk Message Processing Step',
  takes,
  version: versionOf,
  columns: [
    { name: 'sdkmessageprocessingstepid', type: 'guid', read: (row) => row.id },
    { name: 'name', type: 'string', read: (row) => row.name },
    {
      name: 'mode',
      type: 'picklist',
      read: (row) => row.mode,
      labels: { 0: 'Synchronous', 1: 'Asynchronous' },
    },
    { name: 'stage', type: 'picklist', read: (row) => row.stage, labels: { 40: 'Post-operation' } },
    { name: 'rank', type: 'integer', read: (row) => row.rank },
    { name: 'supporteddeployment', type: 'picklist', read: () => 0, labels: { 0: 'Server Only' } },
    { name: 'filteringattributes', type: 'memo', read: () => null },
    flagColumn('asyncautodelete', (row) => row.autoDelete),
    {
      name: '_sdkmessageid_value',
      type: 'lookup',
      lookup: {
        navigation: 'sdkmessageid',
        entity: 'sdkmessage',
        inverse: 'sdkmessageid_sdkmessageprocessingstep',
      },
      read: (row) => row.messageId,
    },
    {
      name: '_sdkmessagefilterid_value',
      type: 'lookup',
      lookup: {
        navigation: 'sdkmessagefilterid',
        entity: 'sdkmessagefilter',
        inverse: 'sdkmessagefilterid_sdkmessageprocessingstep',
      },
      read: () => null,
    },
    {
      name: '_plugintypeid_value',
      type: 'lookup',
      lookup: {
        navigation: 'plugintypeid',
        entity: 'plugintype',
        inverse: 'plugintypeid_sdkmessageprocessingstep',
      },
      read: () => null,
    },
    {
      name: '_eventhandler_value',
      type: 'lookup',
      lookup: {
        navigation: 'eventhandler_serviceendpoint',
        entity: 'serviceendpoint',
        inverse: 'serviceendpoint_sdkmessageprocessingstep',
      },
      read: (row) => row.endpointId,
    },
    {
      name: 'statecode',
      type: 'picklist',
      read: (row) => (row.enabled ? 0 : disabled),
      labels: { 0: 'Enabled', 1: 'Disabled' },
    },
    {
      name: 'statuscode',
      type: 'picklist',
      read: (row) => (row.enabled ? 1 : 2),
      labels: { 1: 'Enabled', 2: 'Disabled' },
    },
    { name: 'description', type: 'string', longest: 256, read: (row) => row.description ?? null },
    { name: 'configuration', type: 'memo', read: (row) => row.configuration ?? null },
    {
      name: '_impersonatinguserid_value',
      type: 'lookup',
      lookup: { navigation: 'impersonatinguserid', entity: 'systemuser' },
      read: () => null,
    },
    managedColumn('iscustomizable', 'iscustomizableanddeletable', () => true),
    managedColumn('ishidden', 'ishidden', () => false),
    ...authoredColumns<ProcessingStep>(),
    ...componentColumns<ProcessingStep>(),
  ],
  rows: (world) => [...world.events.steps.values()],
  insert(world, body, now, by) {
    if (isTooLong(body.name)) return { error: tooLong() };
    const message = boundId(body['sdkmessageid@odata.bind']);
    const endpoint = boundId(body['eventhandler_serviceendpoint@odata.bind']);
    const mode = wholeNumber(body.mode);
    if (message === undefined) return { error: errors.invalidArgument("'sdkmessageid' is required.") };
    if (mode === undefined) return { error: errors.invalidArgument("'mode' is required.") };
    if (endpoint === undefined || !world.events.endpoints.has(endpoint)) {
      return { error: errors.invalidArgument("'eventhandler_serviceendpoint' has to name an endpoint.") };
    }
    const allowed = message === messageId(messages.complete) && world.behaviour.allowsStep(mode);
    if (!allowed) return { error: errors.stepNotAllowed() };
    const id = newKey({ key: 'sdkmessageprocessingstepid' }, body);
    if (world.events.steps.has(id)) return { error: errors.exists() };
    world.events.steps.set(id, {
      id,
      name: typeof body.name === 'string' ? body.name : messages.complete,
      messageId: message,
      endpointId: endpoint,
      mode,
      stage: wholeNumber(body.stage) ?? postOperation,
      rank: wholeNumber(body.rank) ?? asynchronous,
      autoDelete: body.asyncautodelete === true,
      enabled: body.statecode !== disabled,
      ...textsOf(body),
      createdOn: now,
      createdBy: by.id,
    });
    return { id };
  },
  change(world, row, body, now, by) {
    if (isTooLong(body.name)) return tooLong();
    const mode = wholeNumber(body.mode) ?? row.mode;
    if (!world.behaviour.allowsStep(mode)) return errors.stepNotAllowed();
    world.events.steps.set(row.id, {
      ...row,
      mode,
      name: typeof body.name === 'string' ? body.name : row.name,
      autoDelete: typeof body.asyncautodelete === 'boolean' ? body.asyncautodelete : row.autoDelete,
      enabled: body.statecode === undefined ? row.enabled : body.statecode !== disabled,
      ...textsOf(body),
      ...changedBy(row, by.id, now),
    });
    return undefined;
  },
  remove: (world, id) => world.events.steps.delete(id),
};
