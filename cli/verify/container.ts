import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../harness/config.ts';
import { hostName, TargetContainer, type ContainerAddress } from '../../harness/container.ts';
import { ContainerError, reasonOf } from '../../harness/container-engine.ts';
import { fileProblem } from '../../harness/file-problem.ts';
import { replaceFile } from '../../harness/files.ts';
import { maskText } from '../../harness/mask.ts';
import { exit, UnfinishedError, type Terminal } from '../terminal.ts';
import { containerLogFile } from './report-directory.ts';
import { preflight } from './preflight.ts';
import { takeSignals } from './signals.ts';

/** The run that a target is started for. */
interface Run {
  /** With which the container is labelled. */
  readonly id: string;
  /** The directory of the report, absolute. */
  readonly report: string;
  /** What is done once the target can be used, before the run begins. */
  readonly ready?: (() => Promise<void>) | undefined;
  /** How a started container is looked at before it is used; {@link preflight} by default. */
  readonly look?: (reached: Config) => Promise<unknown>;
}

/**
 * Runs `body` on a target. A target of the kind `container` is started before and removed afterwards,
 * whatever happens in between; its log is kept in the report's directory unless all is well.
 *
 * @param body gets the configuration with which a started container is reached, and ends with the exit status;
 *   nothing may be awaited in it before the runner takes the signals
 * @throws UnfinishedError when the container cannot be had; whatever `body` throws
 */
export async function withTarget(
  config: Config,
  { id, report, ready = async () => undefined, look = preflight }: Run,
  terminal: Terminal,
  body: (reached: Config) => Promise<number>,
): Promise<number> {
  const { target } = config;
  if (target.kind !== 'container') {
    await ready();
    return body(config);
  }
  // Until something is created an interruption needs no tidying up, and simply ends the process.
  const container = await TargetContainer.prepare(target, id).catch(asUnfinished);
  const interruption = catchSignals();
  let status: number = exit.unfinished;
  try {
    terminal.err(`Starting ${target.image} for run ${id} …`);
    const reached = await Promise.race([started(config, container, look, ready), interruption.first]);
    status = await body(reached);
    return status;
  } catch (error) {
    return asUnfinished(error);
  } finally {
    await container.remove().catch((error: unknown) => {
      terminal.err(
        `The container could not be removed (${reasonOf(error)}). Remove it by hand: docker rm --force ${container.filter}`,
      );
    });
    if (status !== exit.good) await keepLog(container, report, terminal);
    interruption.release();
  }
}

async function started(
  config: Config,
  container: TargetContainer,
  look: (reached: Config) => Promise<unknown>,
  ready: () => Promise<void>,
): Promise<Config> {
  const reached = reachedConfig(config, await container.start());
  await look(reached);
  await ready();
  return reached;
}

/**
 * The configuration with which a started container is reached: its address, its clock at that address,
 * and a listener that it can reach in turn.
 */
export function reachedConfig(config: Config, { url, gateway }: ContainerAddress): Config {
  const { target, listener } = config;
  const { clock } = target;
  const onLoopback = ['127.0.0.1', 'localhost', '::1'].includes(listener.host);
  return {
    ...config,
    target: {
      ...target,
      reachedAt: url,
      clock: clock.kind === 'virtual' ? { ...clock, url: new URL(clock.url, `${url}/`).href } : clock,
    },
    listener: {
      ...listener,
      host: onLoopback && gateway !== undefined ? gateway : listener.host,
      hostName: listener.hostName ?? hostName,
    },
  };
}

function asUnfinished(error: unknown): never {
  if (error instanceof ContainerError) throw new UnfinishedError(error.message);
  throw error;
}

/** From now on signals end the process only after the container is removed; a run takes them for itself. */
function catchSignals(): { first: Promise<never>; release: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  // During the run nobody waits for it.
  promise.catch(() => undefined);
  const receive = (): void => {
    reject(new UnfinishedError('interrupted while the container was starting.'));
  };
  return { first: promise, ...takeSignals(receive) };
}

/** Keeps what the container wrote; a link in its place is replaced, not followed. */
export async function keepLog(
  container: Pick<TargetContainer, 'log'>,
  report: string,
  terminal: Terminal,
): Promise<void> {
  const file = path.join(report, containerLogFile);
  try {
    await mkdir(report, { recursive: true });
    await replaceFile(file, maskText(container.log()));
    terminal.err(`The container's log: ${path.relative('.', file)}`);
  } catch (error) {
    // It costs no verdict.
    terminal.err(
      `The container's log cannot be written to ${path.relative('.', file)}: ${fileProblem(error)}.`,
    );
  }
}
