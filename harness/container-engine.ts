import type * as Testcontainers from 'testcontainers';

/** A container could not be started; the message says what was wrong and what to do. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
}

/** The module `testcontainers`. */
export type Library = typeof Testcontainers;
/** A connection to the container engine. */
export type Engine = Testcontainers.ContainerRuntimeClient;

/** The label that every container of the suite has; its value is that of one container alone. */
export const containerLabel = 'bgop.container';
/** The label that tells the id of the run; shards that were given the same id share its value. */
export const runLabel = 'bgop.run';

/**
 * Loads `testcontainers`. It is no dependency: only targets of the kind `container` need it, and what
 * it brings along is as large as the suite itself.
 *
 * @throws ContainerError when it is not installed
 */
export async function loadTestcontainers(): Promise<Library> {
  try {
    return await import('testcontainers');
  } catch (error) {
    throw new ContainerError(
      `a target of the kind "container" needs the package testcontainers, which does not load (${reasonOf(error)}). Install it beside the suite: npm install testcontainers@12.2.0 (it needs Node 22.22 or newer).`,
    );
  }
}

/**
 * Connects to the container engine: the one that `DOCKER_HOST` names, else that of the machine.
 *
 * @throws ContainerError when none answers
 */
export async function connectEngine(library: Library): Promise<Engine> {
  try {
    return await library.getContainerRuntimeClient();
  } catch (error) {
    const { DOCKER_HOST: named } = process.env;
    const where = named === undefined ? 'at its usual place' : `at DOCKER_HOST=${named}`;
    throw new ContainerError(
      `no container engine can be reached ${where} (${reasonOf(error)}). Start Docker or Podman, or name its socket: export DOCKER_HOST=unix:///path/to/docker.sock.`,
    );
  }
}

/**
 * Makes sure that the engine has an image; pulls it where it has not.
 *
 * @throws ContainerError when it cannot be had
 */
export async function provideImage(library: Library, engine: Engine, image: string): Promise<void> {
  const name = library.ImageName.fromString(image);
  let trouble = 'the registry does not have it, or cannot be reached';
  try {
    await engine.image.pull(name);
    if (await engine.image.exists(name)) return;
  } catch (error) {
    trouble = reasonOf(error);
  }
  throw new ContainerError(
    `the engine has no image "${image}", and it could not be pulled: ${trouble}. Check target.image, sign in to its registry (docker login), or build it first.`,
  );
}

/** Removes whatever has this value of {@link containerLabel}: one container, or none. */
export async function removeLabelled(engine: Engine, value: string): Promise<void> {
  const filters = { label: [`${containerLabel}=${value}`] };
  for (const { Id } of await engine.container.dockerode.listContainers({ all: true, filters })) {
    await removeContainer(engine, Id);
  }
}

/** Removes a container, running or not, with its volumes; `gone` says that somebody else did it first. */
export async function removeContainer(engine: Engine, id: string): Promise<'removed' | 'gone'> {
  try {
    await engine.container.dockerode.getContainer(id).remove({ force: true, v: true });
    return 'removed';
  } catch (error) {
    // 404: gone already; 409: somebody else is removing it at this moment.
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (status === 404 || status === 409) return 'gone';
    throw error;
  }
}

/** The message of whatever was thrown, on one line, without a full stop at its end. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
}
