import { randomUUID } from 'node:crypto';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { suiteIdentity } from '../cli/package.ts';
import { StartedBackgroundOperationsSimulator } from './started-simulator.ts';

export { StartedBackgroundOperationsSimulator, type SimulatorTokens } from './started-simulator.ts';

/** When failed attempts are repeated: after `baseMs`, then each wait is `factor` times the one before, ±`jitter`. */
export interface RetrySchedule {
  /** Milliseconds, at least 1. */
  readonly baseMs?: number;
  /** From 1 to 100. */
  readonly factor?: number;
  /** From 0 to 1; 0.25 means ±25 %. */
  readonly jitter?: number;
}

const port = 8080;

/** The image of this version: `background-operations-simulator:` and the package's version. */
export function defaultImage(): string {
  return `background-operations-simulator:${suiteIdentity().version}`;
}

/**
 * The simulator as a Testcontainers module: a Dataverse with background operations in a container, for
 * the tests of a client.
 *
 *     await using simulator = await new BackgroundOperationsSimulator().withVirtualClock().start();
 *     const client = new MyClient(simulator.getUrl(), simulator.tokens.initiator);
 *     const operation = await client.export();
 *     await simulator.advance(60_000);
 *
 * Options that have no method here are given by `withCommand(['--capacity', '2'])`: they are those of
 * `bgop simulate`. Whatever else a Testcontainers container can do, this one can too.
 */
export class BackgroundOperationsSimulator extends GenericContainer {
  readonly #options: string[] = [];
  #more: readonly string[] = [];
  #id: string | undefined;
  #controlToken: string = randomUUID();

  constructor(image: string = defaultImage()) {
    super(image);
    this.withExposedPorts(port)
      .withEnvironment({ BGOP_CONTROL_TOKEN: this.#controlToken })
      .withExtraHosts([{ host: 'host.docker.internal', ipAddress: 'host-gateway' }])
      .withWaitStrategy(Wait.forHttp('/simulator/health', port, { abortOnContainerExit: true }));
  }

  /** Time stands still until `advance` moves it. Without this it runs as everywhere. */
  withVirtualClock(): this {
    return this.#option('--clock', 'virtual');
  }

  /** Makes the simulator break clauses, by the names of deviations (`bgop simulate --list-deviations`). */
  withDeviations(...names: string[]): this {
    return names.reduce((self, name) => self.#option('--deviate', name), this);
  }

  /** Chooses at random, by this seed, whatever the documentation leaves open. */
  withVariation(seed: number): this {
    return this.#option('--vary', String(seed));
  }

  /** When failed attempts are repeated. Without it after 30, 60 and 120 seconds. */
  withRetries({ baseMs, factor, jitter }: RetrySchedule): this {
    if (baseMs !== undefined) this.#option('--retry-base', String(baseMs));
    if (factor !== undefined) this.#option('--retry-factor', String(factor));
    if (jitter !== undefined) this.#option('--retry-jitter', String(jitter));
    return this;
  }

  /** How long an attempt may run, in milliseconds. Without it two minutes. */
  withAttemptLimit(milliseconds: number): this {
    return this.#option('--attempt-limit', String(milliseconds));
  }

  /** Takes requests without a token for the initiator's. */
  withoutAuthentication(): this {
    return this.#option('--no-require-auth');
  }

  /** The token of the control interface, where it has to be known beforehand. Without it one is generated. */
  withControlToken(token: string): this {
    this.#controlToken = token;
    return this.withEnvironment({ BGOP_CONTROL_TOKEN: token });
  }

  /** Binds a fixed port of this machine, where a free one will not do. */
  withHostPort(host: number): this {
    return this.withExposedPorts({ container: port, host });
  }

  /** Further options of `bgop simulate`, behind those of the other methods. */
  override withCommand(options: string[]): this {
    this.#more = options;
    return super.withCommand([...this.#options, ...options]);
  }

  /**
   * Starts the simulator; resolves once it answers. A container whose start fails is removed.
   *
   * @throws Error when the image is not there, an option is wrong, or the simulator is not ready in time
   */
  override async start(): Promise<StartedBackgroundOperationsSimulator> {
    try {
      return new StartedBackgroundOperationsSimulator(await super.start(), port, this.#controlToken);
    } catch (error) {
      // Testcontainers itself removes only a container that came as far as being waited for.
      if (this.#id !== undefined) await removeContainer(this.#id);
      throw error;
    }
  }

  protected override containerCreated = (id: string): Promise<void> => {
    this.#id = id;
    return Promise.resolve();
  };

  #option(...words: string[]): this {
    this.#options.push(...words);
    return this.withCommand([...this.#more]);
  }
}

async function removeContainer(id: string): Promise<void> {
  const { container } = await getContainerRuntimeClient();
  // It may be gone already.
  await container
    .getById(id)
    .remove({ force: true, v: true })
    .catch(() => undefined);
}
