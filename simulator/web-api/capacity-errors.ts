import type { ApiError } from './errors.ts';

/** The simulator keeps as much as it may: its own limits, which Dataverse does not have. */
export const capacityErrors = {
  storeFull: (most: number): ApiError => ({
    status: 429,
    code: '0x80072326',
    message:
      `The operations that are stored take more than ${most} bytes. Delete rows, let time pass until they expire, ` +
      'or let the simulator store more: storedBytes of createSimulator.',
    headers: [['Retry-After', '60']],
  }),
  tooManyMembers: (most: number): ApiError => ({
    status: 400,
    code: '0x80048d19',
    message: `The simulator takes at most ${most} members of objects in one body. Send them in several requests.`,
  }),
  tableFull: (entity: string, most: number): ApiError =>
    full(`The simulator keeps at most ${most} rows of the table ${entity}. Delete some of them first.`),
  assembliesFull: (most: number): ApiError =>
    full(
      `The simulator keeps at most ${most} characters of 'content' of all plug-in assemblies together. ` +
        'Delete some of them first.',
    ),
};

function full(message: string): ApiError {
  return { status: 400, code: '0x8004023b', message };
}
