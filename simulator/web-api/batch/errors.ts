import type { ApiError } from '../errors.ts';

/** Errors of `$batch`, part of the catalogue in `../errors.ts`. */
export const batchErrors = {
  badBatch: (message: string): ApiError => ({ status: 400, code: '0x80048d19', message }),
  tooLong: (most: number): ApiError => ({
    status: 400,
    code: '0x80048d19',
    message: `The answers of a batch may have ${most} characters together. Ask for less in one batch.`,
  }),
  queryTooLong: (most: number): ApiError => ({
    status: 400,
    code: '0x80060888',
    message: `The query of the request URI exceeds ${most} characters. A request in a $batch may have twice as many.`,
  }),
  noContentId: (id: string): ApiError => ({
    status: 400,
    code: '0x80048d19',
    message: `Content-ID Reference: '$${id}' does not exist in the batch context.`,
  }),
};
