import {
  ContainerError,
  containerLabel,
  reasonOf,
  removeContainer,
  runLabel,
  type Engine,
} from '../../harness/container-engine.ts';
import { maskText } from '../../harness/mask.ts';
import { isRunId } from '../../harness/run-id.ts';
import type { Leftover, Search } from './leftovers.ts';
import type { Removal } from './remove.ts';

/**
 * Finds the containers that runs left on an engine, running or not, of whatever image: those that have
 * both labels of the suite.
 *
 * @param run the one run to look for; all runs when absent
 * @throws ContainerError when the engine does not list its containers
 */
export async function findContainers(engine: Engine, run?: string): Promise<Search> {
  const filters = { label: [containerLabel, run === undefined ? runLabel : `${runLabel}=${run}`] };
  const listed = await engine.container.dockerode
    .listContainers({ all: true, filters })
    .catch((error: unknown) => {
      throw new ContainerError(`the engine does not list its containers: ${maskText(reasonOf(error))}.`);
    });
  const found = listed.flatMap(({ Id, Image, Labels }): Leftover[] => {
    const of = Labels[runLabel] ?? '';
    return isRunId(of) ? [{ kind: 'container', id: Id, name: Image, run: of }] : [];
  });
  return { found, unseen: [], refused: [] };
}

/** Takes containers away, one after the other, running or not, with their volumes. */
export async function removeContainers(engine: Engine, leftovers: readonly Leftover[]): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const one of leftovers) {
    removals.push(
      await removeContainer(engine, one.id).then(
        (outcome) => ({ ...one, outcome }),
        (error: unknown) => ({ ...one, outcome: 'refused', reason: maskText(reasonOf(error)) }),
      ),
    );
  }
  return removals;
}
