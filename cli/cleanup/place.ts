import type { Config } from '../../harness/config.ts';
import { connectEngine, ContainerError, loadTestcontainers } from '../../harness/container-engine.ts';
import { UnfinishedError } from '../terminal.ts';
import { checkConfiguration, preflight } from '../verify/preflight.ts';
import { connect, initiatorOnly } from './connect.ts';
import { findContainers, removeContainers } from './containers.ts';
import { findLeftovers, type Leftover, type Search } from './leftovers.ts';
import { removeLeftovers, type Removal } from './remove.ts';

/** Where runs may have left something: a target that goes on, or the engine of those that do not. */
export interface CleanupPlace {
  /** Looks for what one run left, or all runs. */
  readonly find: (run?: string) => Promise<Search>;
  /** Takes away what was found. */
  readonly remove: (leftovers: readonly Leftover[]) => Promise<Removal[]>;
  readonly close: () => Promise<void>;
}

/**
 * Reaches the place where runs with this configuration leave something.
 *
 * @throws UsageError for a target that leaves nothing, ConfigError and UnfinishedError for one out of reach
 */
export function openPlace(config: Config): Promise<CleanupPlace> {
  return config.target.kind === 'container' ? openEngine() : openTarget(config);
}

async function openTarget(config: Config): Promise<CleanupPlace> {
  const { client, close } = connect(config);
  try {
    const reached = initiatorOnly(config);
    await checkConfiguration(reached);
    await preflight(reached);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    find: (run) => findLeftovers(client, config, run),
    remove: (leftovers) => removeLeftovers(client, leftovers),
    close,
  };
}

/** Neither the image nor the secrets of the target are needed for this. */
async function openEngine(): Promise<CleanupPlace> {
  try {
    const engine = await connectEngine(await loadTestcontainers());
    return {
      find: (run) => findContainers(engine, run),
      remove: (leftovers) => removeContainers(engine, leftovers),
      close: () => Promise.resolve(),
    };
  } catch (error) {
    if (error instanceof ContainerError) throw new UnfinishedError(error.message);
    throw error;
  }
}
