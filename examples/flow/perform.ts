import { completionOf, type Completion, type Patience } from './completion.ts';
import { type RetryPolicy, withRetries } from './retries.ts';
import type { FlowAnswer, VirtualOrganization } from './virtual-organization.ts';

const succeeded = 30;
const canceled = 32;

/** How a background operation ended, as the flow that performed it sees it. */
export interface Performed {
  /** `unknown` where nobody could learn it in the time that the flow has. */
  readonly outcome: 'succeeded' | 'failed' | 'canceled' | 'refused' | 'unknown';
  /** The outputs of a success. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Why it failed, was refused, or is unknown. */
  readonly error: string | undefined;
  readonly errorCode: number | undefined;
  /** Where its monitor is; undefined where nobody told. */
  readonly monitor: string | undefined;
  /** Requests that were sent to start it, and how many of them were not answered. */
  readonly sent: number;
  readonly lost: number;
}

/** What a caller may set, and do while the operation runs. */
interface Options {
  readonly retries?: RetryPolicy;
  readonly patience?: Patience;
  /** Told of the monitor when the operation was accepted. */
  readonly onAccepted?: (monitor: string) => void;
}

/**
 * The steps "perform a background operation" and "wait for its completion" of a flow: calls a custom API with an
 * address to be called back at, waits for that call, and fetches the outputs. Where the call does not come in time,
 * it looks at the status monitor. It always comes to an end, and throws nothing.
 *
 * The connector sends the header alone; whether `Prefer` is added on the way is not public. Both ask for the same.
 */
export async function perform(
  organization: VirtualOrganization,
  customApi: string,
  inputs: object,
  { retries, patience, onAccepted }: Options = {},
): Promise<Performed> {
  const webhook = organization.webhook();
  const headers = {
    consistency: 'Strong',
    prefer: 'respond-async',
    'x-ms-dyn-callback-url': webhook.url,
  };
  const request = { method: 'POST', path: `/api/data/v9.2/${customApi}`, headers, body: inputs };
  const wait = (milliseconds: number) => organization.wait(milliseconds);
  const read = async (path: string) =>
    (await withRetries(() => organization.send({ method: 'GET', path }), wait, retries)).answer;
  const { answer, sent, lost } = await withRetries(() => organization.send(request), wait, retries);
  const nothing = { outputs: {}, error: undefined, errorCode: undefined, monitor: undefined, sent, lost };
  if (answer !== undefined && answer.status !== 202 && answer.status !== 204) {
    const { message } = (answer.body.error ?? {}) as { message?: string };
    return { ...nothing, outcome: 'refused', error: message ?? `It was answered ${answer.status}.` };
  }
  // Without an answer the operation may run all the same: then its callback comes, and tells where its monitor is.
  const accepted = pathOf(answer?.headers.location);
  if (accepted !== undefined) onAccepted?.(accepted);
  const end = await completionOf(organization, webhook.called, accepted, read, patience);
  if (end === undefined) {
    const error =
      answer === undefined
        ? `None of ${sent} requests was answered, and no callback came.`
        : 'No callback came, and the monitor showed no end.';
    return { ...nothing, outcome: 'unknown', error, monitor: accepted };
  }
  const monitor = pathOf(end.location) ?? accepted;
  if (end.statusCode !== succeeded) {
    const outcome = end.statusCode === canceled ? 'canceled' : 'failed';
    return { ...nothing, outcome, error: end.errorMessage, errorCode: end.errorCode, monitor };
  }
  return { ...nothing, ...(await outputsOf(end, monitor, read)), monitor };
}

/** The outputs of a success. The callback has none: they are read at the monitor, where that is still to be done. */
async function outputsOf(
  { outputs }: Completion,
  monitor: string | undefined,
  read: (path: string) => Promise<FlowAnswer | undefined>,
): Promise<Pick<Performed, 'outcome' | 'outputs' | 'error'>> {
  if (outputs !== undefined) return { outcome: 'succeeded', outputs, error: undefined };
  const result = monitor === undefined ? undefined : await read(monitor);
  if (result?.status === 200) return { outcome: 'succeeded', outputs: result.body, error: undefined };
  const answered = result === undefined ? 'not answered' : `answered ${result.status}`;
  return {
    outcome: 'unknown',
    outputs: {},
    error: `It succeeded, but the request for its outputs was ${answered}.`,
  };
}

function pathOf(url: unknown): string | undefined {
  const base = 'https://organization.invalid';
  return typeof url === 'string' && URL.canParse(url, base) ? new URL(url, base).pathname : undefined;
}
