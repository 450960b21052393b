import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';
import { createSimulator, type OutboundAnswer, type Simulator } from '../../simulator/simulator.ts';

/** An answer of the organization, as a flow reads it. */
export interface FlowAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request of a flow: a path of the organization, headers by name in lower case, a JSON body. */
export interface FlowRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Thrown where a connection ended before its answer: nobody knows whether the request was taken. */
export class LostAnswer extends Error {}

/** An address that a flow waits at, until it is called. */
export interface Webhook {
  readonly url: string;
  /** The body of the first call. */
  readonly called: Promise<Readonly<Record<string, unknown>>>;
  /** How often it was called until now. */
  readonly calls: () => number;
}

const origin = 'https://contoso.crm.dynamics.com';
const flows = 'https://flows.example/';
const hour = 3_600_000;
const mostHours = 396 * 24;

/**
 * An organization with Dataverse background operations, and all that a flow needs around it, in one process: no port
 * is opened, and time stands still until {@link advance} moves it.
 */
export class VirtualOrganization {
  readonly simulator: Simulator;
  readonly #webhooks = new Map<string, (body: unknown) => void>();

  /** @param customApis what the organization can do, each as a function */
  constructor(customApis: readonly CustomApi[]) {
    this.simulator = createSimulator({
      customApis,
      start: Date.UTC(2026, 0, 31, 12),
      send: async ({ url, body }) => this.#receive(url, body),
    });
  }

  /** The time, epoch milliseconds. */
  now(): number {
    return this.simulator.clock.now();
  }

  /** Lets time pass for whoever waits. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.simulator.clock.at(this.now() + milliseconds, () => {
        resolve();
        return settled();
      });
    });
  }

  /** Moves time on, and lets everything happen that falls due. */
  async advance(milliseconds: number): Promise<number> {
    await settled();
    return this.simulator.clock.advance(milliseconds);
  }

  /**
   * Moves time on, an hour at a time, until a work is done.
   *
   * @throws Error after a year and a month: the work waits for something that will never come
   */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const mark = (): void => {
      done = true;
    };
    void work.then(mark, mark);
    for (let hours = 0; hours < mostHours; hours += 1) {
      await settled();
      if (done) return work;
      await this.advance(hour);
    }
    throw new Error('The work has not come to its end in 396 days.');
  }

  /**
   * Sends a request as the user of a connection.
   *
   * @throws LostAnswer where the connection ends before the answer
   */
  async send({ method, path, headers = {}, body }: FlowRequest): Promise<FlowAnswer> {
    const answer = await this.simulator.handle({
      method,
      path,
      query: '',
      origin,
      headers: { authorization: 'Bearer token-initiator', 'content-type': 'application/json', ...headers },
      prefer: headers.prefer === undefined ? [] : [headers.prefer],
      body: body === undefined ? '' : JSON.stringify(body),
    });
    if (answer.cut === true) throw new LostAnswer(`${method} ${path} was not answered.`);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: objectIn(answer.body),
    };
  }

  /** Makes an address that nobody can guess. */
  webhook(): Webhook {
    const url = `${flows}${crypto.randomUUID()}`;
    let calls = 0;
    const called = new Promise<Record<string, unknown>>((resolve) => {
      this.#webhooks.set(url, (body) => {
        calls += 1;
        resolve(body as Record<string, unknown>);
      });
    });
    return { url, called, calls: () => calls };
  }

  async #receive(url: string, body: string): Promise<OutboundAnswer> {
    const webhook = this.#webhooks.get(url);
    if (webhook === undefined) return { status: 404, body: '' };
    webhook(JSON.parse(body));
    // The organization waits for the answer, and time stands still meanwhile: the flow acts at this moment.
    await settled();
    return { status: 202, body: '' };
  }
}

/** The object that a body is; an empty one where it is something else, as the page of a gateway is. */
function objectIn(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Resolves when all that follows from what has just been resolved has run, up to the next wait. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
