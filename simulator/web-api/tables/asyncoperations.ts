import type { AsyncOperation } from '../../events/tables.ts';
import type { SmallTable } from './small-table.ts';
import { dateColumn } from './small-table.ts';

/** System jobs: one for each delivery of an event that was not deleted automatically. */
export const asyncOperations: SmallTable<AsyncOperation> = {
  set: 'asyncoperations',
  entity: 'asyncoperation',
  key: 'asyncoperationid',
  schemaName: 'AsyncOperation',
  displayName: 'System Job',
  columns: [
    { name: 'asyncoperationid', type: 'guid', read: (job) => job.id },
    { name: 'name', type: 'string', read: (job) => job.name },
    { name: 'messagename', type: 'string', read: (job) => job.messageName },
    {
      name: 'operationtype',
      type: 'picklist',
      read: (job) => (job.ofRegistration === true ? 79 : 1),
      labels: { 1: 'System Event', 79: 'CallbackRegistration Expander Operation' },
    },
    {
      name: '_owningextensionid_value',
      type: 'lookup',
      lookup: {
        navigation: 'owningextensionid',
        entity: 'sdkmessageprocessingstep',
        inverse: 'SdkMessageProcessingStep_AsyncOperations',
      },
      read: (job) => (job.ofRegistration === true ? null : job.stepId),
    },
    { name: 'correlationid', type: 'guid', read: (job) => job.correlationId },
    { name: 'statecode', type: 'picklist', read: () => 3, labels: { 3: 'Completed' } },
    {
      name: 'statuscode',
      type: 'picklist',
      read: (job) => job.status,
      labels: { 30: 'Succeeded', 31: 'Failed' },
    },
    { name: 'message', type: 'memo', read: (job) => job.message },
    { name: 'friendlymessage', type: 'memo', read: (job) => job.message },
    dateColumn('createdon', (job) => job.createdOn),
    dateColumn('startedon', (job) => job.createdOn),
    dateColumn('completedon', (job) => job.completedOn),
  ],
  rows: (world) => [...world.events.jobs.values()],
  remove: (world, id) => world.events.jobs.delete(id),
};
