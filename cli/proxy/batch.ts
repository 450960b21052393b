import type { Passed } from './passed.ts';

/** Exchanges on their way to another thread; their bodies are one piece of memory that is handed over. */
export interface Batch {
  readonly exchanges: readonly (Omit<Passed, 'body' | 'answerBody'> & {
    readonly bodyBytes: number;
    readonly answerBytes: number;
  })[];
  readonly bytes: ArrayBuffer;
}

/** Packs exchanges for a message to another thread; `bytes` is to be transferred. */
export function packBatch(exchanges: readonly Passed[]): Batch {
  const total = exchanges.reduce((sum, { body, answerBody }) => sum + body.length + answerBody.length, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  return {
    exchanges: exchanges.map(({ body, answerBody, ...rest }) => {
      bytes.set(body, at);
      bytes.set(answerBody, at + body.length);
      at += body.length + answerBody.length;
      return { ...rest, bodyBytes: body.length, answerBytes: answerBody.length };
    }),
    bytes: bytes.buffer,
  };
}

/** The exchanges of a batch, as they were packed. */
export function unpackBatch({ exchanges, bytes }: Batch): Passed[] {
  let at = 0;
  const next = (length: number): Uint8Array => new Uint8Array(bytes, (at += length) - length, length);
  return exchanges.map(({ bodyBytes, answerBytes, ...rest }) => ({
    ...rest,
    body: next(bodyBytes),
    answerBody: next(answerBytes),
  }));
}
