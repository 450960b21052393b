import { type RetryPolicy, withRetries } from './retries.ts';
import type { VirtualOrganization } from './virtual-organization.ts';

const succeeded = 30;
const canceled = 32;

/** How a background operation ended, as the flow that performed it sees it. */
export interface Performed {
  readonly outcome: 'succeeded' | 'failed' | 'canceled' | 'refused';
  /** The outputs of a success. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Why it failed or was refused. */
  readonly error: string | undefined;
  readonly errorCode: number | undefined;
  /** Where its monitor is; undefined for one that was refused. */
  readonly monitor: string | undefined;
  /** Requests that were sent to start it, and how many of them were not answered. */
  readonly sent: number;
  readonly lost: number;
}

/** What a caller may do while the operation runs. */
interface Options {
  readonly retries?: RetryPolicy;
  /** Told of the monitor when the operation was accepted. */
  readonly onAccepted?: (monitor: string) => void;
}

/**
 * The steps "perform a background operation" and "wait for its completion" of a flow: calls a custom API with an
 * address to be called back at, waits for that call, and fetches the outputs.
 *
 * The connector sends the header alone; whether `Prefer` is added on the way is not public. Both ask for the same.
 */
export async function perform(
  organization: VirtualOrganization,
  customApi: string,
  inputs: object,
  { retries, onAccepted }: Options = {},
): Promise<Performed> {
  const webhook = organization.webhook();
  const headers = {
    consistency: 'Strong',
    prefer: 'respond-async',
    'x-ms-dyn-callback-url': webhook.url,
  };
  const request = { method: 'POST', path: `/api/data/v9.2/${customApi}`, headers, body: inputs };
  const wait = (milliseconds: number) => organization.wait(milliseconds);
  const { answer, sent, lost } = await withRetries(() => organization.send(request), wait, retries);
  const nothing = { outputs: {}, error: undefined, errorCode: undefined, sent, lost };
  if (answer.status !== 202 && answer.status !== 204) {
    const { message } = (answer.body.error ?? {}) as { message?: string };
    return { ...nothing, outcome: 'refused', error: message ?? String(answer.status), monitor: undefined };
  }
  onAccepted?.(pathOf(answer.headers.location ?? ''));
  const told = await webhook.called;
  const monitor = pathOf(String(told.location));
  const status = told.backgroundOperationStatusCode;
  if (status !== succeeded) {
    return {
      ...nothing,
      outcome: status === canceled ? 'canceled' : 'failed',
      error: told.backgroundOperationErrorMessage as string | undefined,
      errorCode: told.backgroundOperationErrorCode as number | undefined,
      monitor,
    };
  }
  // The callback has no outputs: the monitor has.
  const { answer: result } = await withRetries(
    () => organization.send({ method: 'GET', path: monitor }),
    wait,
    retries,
  );
  if (result.status !== 200)
    return {
      ...nothing,
      outcome: 'failed',
      error: `It was done, but its outputs were answered ${result.status}.`,
      monitor,
    };
  return { ...nothing, outcome: 'succeeded', outputs: result.body, monitor };
}

function pathOf(url: string): string {
  return new URL(url, 'https://organization.invalid').pathname;
}
