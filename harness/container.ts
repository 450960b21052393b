import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { PassThrough, type Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import type { TargetConfig } from './config.ts';
import {
  connectEngine,
  ContainerError,
  containerLabel,
  loadTestcontainers,
  provideImage,
  reasonOf,
  removeLabelled,
  runLabel,
  type Engine,
  type Library,
} from './container-engine.ts';
import { maskText } from './mask.ts';
import { httpTransport } from './transport.ts';

type ContainerTarget = Extract<TargetConfig, { kind: 'container' }>;

/** The name of this machine inside a container. */
export const hostName = 'host.docker.internal';

/** How the suite and a started container reach each other. */
export interface ContainerAddress {
  /** Where the container is reached from here, e.g. `http://localhost:32768`. */
  readonly url: string;
  /**
   * The address of this machine at which the container reaches it as {@link hostName}. Undefined where
   * the engine runs in a machine of its own (Docker Desktop); there it is led to the loopback address.
   */
  readonly gateway: string | undefined;
}

const logLimit = 16 * 1024 * 1024;
const pollMs = 100;
const attemptMs = 2_000;
const removeMs = 30_000;

/**
 * One container of one run. `prepare` it, `start` it, and `remove` it whatever happened: that leaves
 * nothing behind on the engine, however far the start had come.
 */
export class TargetContainer {
  readonly #target: ContainerTarget;
  readonly #library: Library;
  readonly #engine: Engine;
  /** The run that it is of, which may have other containers, too. */
  readonly #run: string;
  /** What no other container is labelled with. */
  readonly #mark = randomUUID();
  readonly #log: string[] = [];
  #logLength = 0;
  #forgot = false;
  #starting: Promise<unknown> = Promise.resolve();
  #stopped = false;
  /** Resolves when the container's process has ended; never where none was created. */
  readonly #exit = Promise.withResolvers<void>();
  /** The connection that carries what the container writes. */
  #output: Duplex | undefined;

  private constructor(target: ContainerTarget, run: string, library: Library, engine: Engine) {
    this.#target = target;
    this.#run = run;
    this.#library = library;
    this.#engine = engine;
  }

  /**
   * Connects to the engine and provides the image. Until then there is nothing to remove.
   *
   * @param run the id that the container is labelled with, for `bgop cleanup`
   * @throws ContainerError when there is no engine or no image
   */
  static async prepare(target: ContainerTarget, run: string): Promise<TargetContainer> {
    const library = await loadTestcontainers();
    const engine = await connectEngine(library);
    await provideImage(library, engine, target.image);
    return new TargetContainer(target, run, library, engine);
  }

  /**
   * Starts the container and waits until it answers HTTP.
   *
   * @throws ContainerError when it ends, or is not ready in time
   */
  async start(): Promise<ContainerAddress> {
    const { image, port } = this.#target;
    const creating = this.#create().catch((error: unknown) => {
      throw new ContainerError(`the container of ${image} could not be started: ${reasonOf(error)}.`);
    });
    this.#starting = creating.catch(() => undefined);
    const container = await Promise.race([creating, this.#ended()]);
    const url = `http://${container.getHost()}:${container.getMappedPort(port)}`;
    await Promise.race([this.#ready(url), this.#ended()]);
    return { url, gateway: await this.#gateway(container) };
  }

  /** What `docker` takes to find the container, as long as it is there. */
  get filter(): string {
    return `$(docker ps --all --quiet --filter label=${containerLabel}=${this.#mark})`;
  }

  /** What the container has written so far, the last 16 million characters of it. */
  log(): string {
    const whole = this.#log.join('');
    // The rest of the line that was cut may begin with half a secret.
    return this.#forgot ? whole.slice(whole.indexOf('\n') + 1) : whole;
  }

  /** Keeps the log within its limit. */
  #forget(): void {
    for (; this.#logLength > logLimit; this.#forgot = true) this.#logLength -= this.#log.shift()?.length ?? 0;
  }

  /** Stops the container at once and removes it, however far its start has come. */
  async remove(): Promise<void> {
    this.#stopped = true;
    // A start that was interrupted may create the container only now.
    let settled = false;
    const starting = this.#starting.then(() => {
      settled = true;
    });
    const deadline = performance.now() + removeMs;
    do {
      await removeLabelled(this.#engine, this.#mark);
      await Promise.race([starting, pause(pollMs)]);
    } while (!settled && performance.now() < deadline);
    await removeLabelled(this.#engine, this.#mark);
    if (this.#output === undefined) return;
    // Its last words may still be on their way; of one that never ran the engine does not say that it ended.
    await Promise.race([this.#exit.promise, pause(1_000)]);
    this.#output.destroy();
  }

  async #create(): Promise<StartedTestContainer> {
    const { GenericContainer, PullPolicy, Wait } = this.#library;
    const attach = (id: string): Promise<void> => this.#attach(id);
    const Attached = class extends GenericContainer {
      // Before it starts, so that not even a container that ends at once takes its words with it.
      protected override containerCreated = attach;
    };
    return (
      new Attached(this.#target.image)
        .withPullPolicy(PullPolicy.neverPull())
        .withExposedPorts(this.#target.port)
        .withEnvironment(this.#target.env)
        .withLabels({ [containerLabel]: this.#mark, [runLabel]: this.#run })
        .withExtraHosts([{ host: hostName, ipAddress: 'host-gateway' }])
        // The suite removes it itself; the library's helper for that is an image that must be pulled.
        .withAutoCleanup(false)
        // Readiness is waited for here, where an interrupted run can leave off.
        .withWaitStrategy(Wait.forAll([]))
        .start()
    );
  }

  async #attach(id: string): Promise<void> {
    const { dockerode } = this.#engine.container;
    const output = await dockerode.getContainer(id).attach({ stream: true, stdout: true, stderr: true });
    this.#output = output as Duplex;
    for (const event of ['end', 'close', 'error']) output.once(event, this.#exit.resolve);
    const sink = new PassThrough({ encoding: 'utf8' });
    sink.on('data', (text: string) => {
      this.#log.push(text);
      this.#logLength += text.length;
      this.#forget();
    });
    dockerode.modem.demuxStream(output, sink, sink);
  }

  /** Rejects when the container ends. */
  async #ended(): Promise<never> {
    await this.#exit.promise;
    const last = maskText(this.log()).trimEnd().split('\n').slice(-5).join('\n');
    throw new ContainerError(
      `the container of ${this.#target.image} ended before it was ready.${last === '' ? ' It wrote nothing.' : ` It wrote last:\n${last}`}`,
    );
  }

  /** Resolves when the container answers: 2xx at `waitFor`, or anything at the Web API's root without it. */
  async #ready(url: string): Promise<void> {
    const { waitFor, startTimeoutMs, apiVersion, port, image } = this.#target;
    const path = waitFor ?? `/api/data/${apiVersion}/`;
    const transport = httpTransport();
    const deadline = performance.now() + startTimeoutMs;
    let seen = 'no answer';
    try {
      for (let left = startTimeoutMs; left > 0; left = deadline - performance.now()) {
        if (this.#stopped)
          throw new ContainerError(`the container of ${image} was removed while it started.`);
        try {
          const { status } = await transport.send(
            { method: 'GET', url: url + path, headers: [['Accept', 'application/json']] },
            { timeoutMs: Math.min(attemptMs, left) },
          );
          if (waitFor === undefined || (status >= 200 && status < 300)) return;
          seen = `${status}`;
        } catch (error) {
          seen = `no answer (${reasonOf(error)})`;
        }
        await pause(pollMs);
      }
    } finally {
      await transport.close();
    }
    const wanted = waitFor === undefined ? 'any HTTP answer' : 'an answer 2xx';
    throw new ContainerError(
      `the container of ${image} was not ready within ${startTimeoutMs / 1000} s. Wanted ${wanted} from GET ${path} on its port ${port}, got ${seen}. Check target.port, target.waitFor and target.startTimeoutMs.`,
    );
  }

  async #gateway(container: StartedTestContainer): Promise<string | undefined> {
    const { NetworkSettings } = await this.#engine.container.inspect(
      this.#engine.container.getById(container.getId()),
    );
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    return Object.values(NetworkSettings.Networks)
      .map(({ Gateway }) => Gateway)
      .find((gateway) => own.some(({ address }) => address === gateway));
  }
}
