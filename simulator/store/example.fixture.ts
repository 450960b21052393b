import type { Operation } from '../core/operation.ts';

/** An operation for tests: waiting, unless told otherwise. */
export function exampleOperation(some: Partial<Operation> & Pick<Operation, 'id' | 'sequence'>): Operation {
  return {
    name: 'bgop_Probe',
    displayName: 'Background operation probe',
    inputs: [],
    outputs: undefined,
    state: 0,
    status: 0,
    errorCode: undefined,
    errorMessage: undefined,
    retryCount: 0,
    attempts: 0,
    executing: false,
    canceled: false,
    priority: 0,
    runAs: '00000000-0000-4000-8000-000000000001',
    modifiedBy: '00000000-0000-4000-8000-000000000001',
    createdOn: 0,
    modifiedOn: 0,
    startTime: undefined,
    endTime: undefined,
    ttlSeconds: 7_776_000,
    version: 1,
    partitionId: null,
    origin: 'http://127.0.0.1',
    callbackUrl: undefined,
    ...some,
  };
}
