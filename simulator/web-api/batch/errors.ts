import type { ApiError } from '../errors.ts';

/** Errors of `$batch`, part of the catalogue in `../errors.ts`. */
export const batchErrors = {
  badBatch: (message: string): ApiError => ({ status: 400, code: '0x80048d19', message }),
  tooLong: (most: number): ApiError => ({
    status: 400,
    code: '0x80048d19',
    message: `The answers of a batch may have ${most} characters together. Ask for less in one batch.`,
  }),
  noContentId: (id: string): ApiError => ({
    status: 400,
    code: '0x80048d19',
    message: `Content-ID Reference: '$${id}' does not exist in the batch context.`,
  }),
};
