import type { HttpAnswer, HttpClient } from './http-client.ts';
import type { Callback } from './receiver.ts';

const succeeded = 30;
const completed = 3;
const attempts = 8;

/** How long a batch is waited for, in milliseconds. */
export interface Patience {
  /** After so long without a callback its monitor is looked at, and again after each further wait of this length. */
  readonly lookEveryMs: number;
  /** After so long in all it is reported instead. */
  readonly giveUpAfterMs: number;
}

/** The first answer to an operation that was started, and how many requests were not answered. */
interface Submitted {
  /** Why it could not be started; undefined where it was, and where nobody knows. */
  readonly refusal: string | undefined;
  /** The path of its monitor, if the answer came. */
  readonly monitor: string | undefined;
  readonly lost: number;
}

/** Starts one operation. That a lost request was taken does no harm: the plug-in knows its batch. */
export async function submit(
  client: HttpClient,
  customApi: string,
  inputs: object,
  callbackUrl: string,
): Promise<Submitted> {
  const path = `/api/data/v9.2/${customApi}`;
  const headers = { prefer: `respond-async, odata.callback; url="${callbackUrl}"` };
  const { answer, lost } = await asked(() => client.send('POST', path, headers, JSON.stringify(inputs)));
  if (answer?.status === 202) return { refusal: undefined, monitor: pathOf(answer.headers.location), lost };
  const refusal = answer === undefined ? undefined : `refused: ${answer.status} ${messageOf(answer)}`;
  return { refusal, monitor: undefined, lost };
}

/**
 * Waits for the end of a batch: for its callback, or, where that does not come in time, for its monitor to show it.
 *
 * @returns what the callback or the monitor tells; or, in words, that nothing was learned in time
 */
export async function endOf(
  client: HttpClient,
  called: Promise<Callback>,
  monitor: string | undefined,
  { lookEveryMs, giveUpAfterMs }: Patience,
): Promise<Callback | string> {
  const until = performance.now() + giveUpAfterMs;
  for (;;) {
    const callback = await within(called, lookEveryMs);
    if (callback !== undefined) return callback;
    if (monitor !== undefined) {
      const { answer } = await asked(() => client.send('GET', monitor));
      const seen = answer?.status === 200 ? objectIn(answer.text) : {};
      if (seen.backgroundOperationStateCode === completed) return { ...seen, location: monitor };
    }
    if (performance.now() >= until) break;
  }
  if (monitor === undefined) return 'unknown: no request was answered, and no callback came';
  return 'unknown: no callback came, and the monitor showed no end';
}

/** The loyal contacts that a batch found, read at the monitor: a callback has no outputs. Where it failed, why. */
export async function loyalIn(client: HttpClient, end: Callback): Promise<number | string> {
  if (end.backgroundOperationStatusCode !== succeeded)
    return String(end.backgroundOperationErrorMessage ?? 'canceled');
  const path = pathOf(end.location);
  if (path === undefined) return 'done, but its callback does not tell where its outputs are';
  const { answer } = await asked(() => client.send('GET', path));
  if (answer === undefined) return 'done, but its outputs were not answered';
  if (answer.status !== 200) return `done, but its outputs were refused: ${answer.status}`;
  const { Loyal: loyal } = objectIn(answer.text);
  return typeof loyal === 'number' ? loyal : 'done, but its monitor shows no outputs';
}

/** Sends a request until it is answered by something else than 429 or 5xx, waiting as long as an answer asks for. */
async function asked(
  send: () => Promise<HttpAnswer>,
): Promise<{ readonly answer: HttpAnswer | undefined; readonly lost: number }> {
  let lost = 0;
  for (let sent = 1; ; sent += 1) {
    const answer = await send().catch(() => undefined);
    if (answer === undefined) lost += 1;
    const again = answer === undefined || answer.status === 429 || answer.status >= 500;
    if (!again || sent === attempts) return { answer, lost };
    await pause(Number(answer?.headers['retry-after'] ?? 0) * 1_000 || 100 * 2 ** sent);
  }
}

/** What a promise comes to, or undefined where that takes longer. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The message of an error, or the text where it is none. */
function messageOf({ text }: HttpAnswer): string {
  const { error } = objectIn(text);
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : text;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function pathOf(url: unknown): string | undefined {
  const base = 'https://organization.invalid';
  return typeof url === 'string' && URL.canParse(url, base) ? new URL(url, base).pathname : undefined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
