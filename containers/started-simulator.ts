import { AbstractStartedContainer, type StartedTestContainer } from 'testcontainers';
import { defaultUsers } from '../simulator/simulator.ts';

/** The bearer tokens of the simulator's users. */
export interface SimulatorTokens {
  /** Holds both privileges. */
  readonly initiator: string;
  /** Another user who holds both privileges. */
  readonly other: string;
  /** A user without them. */
  readonly unprivileged: string;
}

/** A simulator that runs in a container. `stop()` or `await using` ends and removes it. */
export class StartedBackgroundOperationsSimulator extends AbstractStartedContainer {
  readonly #port: number;
  /** What requests below `/simulator/` show: `Authorization: Bearer …`. `now`, `advance` and `reset` do. */
  readonly controlToken: string;

  constructor(container: StartedTestContainer, port: number, controlToken: string) {
    super(container);
    this.#port = port;
    this.controlToken = controlToken;
  }

  /** The organization URI, without a slash at its end, e.g. `http://localhost:32768`. */
  getUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(this.#port)}`;
  }

  /** The root of the Web API, with a slash at its end. */
  getWebApiUrl(): string {
    return `${this.getUrl()}/api/data/v9.2/`;
  }

  /**
   * Where the simulator reaches a server of this machine, for callbacks and webhooks. The server must
   * listen on an address that containers reach (`0.0.0.0`): on Linux the loopback address is not one.
   */
  getUrlOfHost(port: number): string {
    return `http://host.docker.internal:${port}`;
  }

  /** Tokens for the header `Authorization: Bearer …`. */
  get tokens(): SimulatorTokens {
    const [initiator = '', other = '', unprivileged = ''] = defaultUsers.map(({ token }) => token);
    return { initiator, other, unprivileged };
  }

  /** The simulator's time. */
  now(): Promise<Date> {
    return this.#clock('GET');
  }

  /**
   * Moves a virtual clock. All that falls due until then happens first, callbacks included; resolves
   * with the new time.
   *
   * @throws Error when the clock is not virtual, or `milliseconds` is no whole number
   */
  advance(milliseconds: number): Promise<Date> {
    return this.#clock('POST', { milliseconds });
  }

  /**
   * Brings the simulator back to its start: nothing stored, nothing due, no journal, no faults. `clock` also sets a
   * virtual clock back.
   *
   * @throws Error when the clock is to be set back and is not virtual
   */
  async reset(options: { readonly clock?: boolean } = {}): Promise<void> {
    const answer = await this.#control('reset', 'POST', options);
    if (!answer.ok)
      throw new Error(`the simulator's reset answered ${answer.status}: ${await answer.text()}`);
  }

  async #clock(method: 'GET' | 'POST', body?: object): Promise<Date> {
    const answer = await this.#control('clock', method, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator's clock answered ${answer.status}: ${text}`);
    const { now } = JSON.parse(text) as { now: string };
    return new Date(now);
  }

  #control(resource: string, method: 'GET' | 'POST', body?: object): Promise<Response> {
    return fetch(`${this.getUrl()}/simulator/${resource}`, {
      method,
      headers: { Authorization: `Bearer ${this.controlToken}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
