import { parameterTypes } from '../core/operation.ts';
import type { CustomApi } from './custom-api.ts';
import { PlatformError } from './custom-api.ts';

const invalidArgument = -2147220989;

/** A realistic sample: exports rows to a note, which takes 45 seconds, and returns the note's id. */
export const exportSample: CustomApi = {
  uniqueName: 'sample_ExportDataUsingFetchXmlToAnnotation',
  displayName: 'Export data using FetchXml to annotation',
  parameters: [{ uniqueName: 'FetchXml', type: 'String' }],
  properties: [{ uniqueName: 'AnnotationId', type: 'Guid' }],
  async execute({ inputs, pause, operationId }) {
    if (!/^\s*<fetch[\s/>]/i.test(String(inputs.FetchXml))) {
      throw new PlatformError(invalidArgument, 'FetchXml is not a fetch element.');
    }
    // A synchronous caller should not be kept waiting for a virtual clock that nobody moves.
    if (operationId !== undefined) await pause(45_000);
    return { AnnotationId: crypto.randomUUID() };
  },
};

/** Takes one optional parameter of each of the 13 types and returns what it was given. */
export const echoSample: CustomApi = {
  uniqueName: 'sample_Echo',
  displayName: 'Echo of every parameter type',
  parameters: parameterTypes.map((type) => ({ uniqueName: `${type}Value`, type, optional: true })),
  properties: parameterTypes.map((type) => ({ uniqueName: `${type}Value`, type })),
  execute: ({ inputs }) => inputs,
};

/** Has neither parameters nor response properties: answers 204 when called synchronously. */
export const cleanupSample: CustomApi = {
  uniqueName: 'sample_CleanupExportedDataAnnotations',
  displayName: 'Clean up exported data annotations',
  parameters: [],
  properties: [],
  execute: () => ({}),
};
