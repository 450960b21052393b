import { ControlError } from './control/control-error.ts';
import type { ControlOrganizations, NewOrganization, OrganizationSummary } from './control/organizations.ts';
import { checkOrganization } from './control/organizations.ts';
import type { PlainRequest } from './plain.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import type { World } from './world.ts';

/** What an organization has to offer to stand beside others. */
interface Member {
  readonly world: () => World;
  readonly sent: () => Promise<void>;
  readonly dispose: () => void;
}

/** A port that was opened for an organization. */
interface OpenedPort {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Opens a port for an organization; rejects if it cannot be had. */
export type PortOpener<S> = (simulator: S, port: number) => Promise<OpenedPort>;

interface Further<S> {
  readonly simulator: S;
  readonly opened: OpenedPort | undefined;
}

/** Organizations besides the first one, at the same time at most. */
const mostOrganizations = 50;

/** The further organizations of a simulator: each is a simulator of its own, found by the host that a request names. */
export class Organizations<S extends Member> implements ControlOrganizations {
  readonly #first: () => World;
  readonly #options: SimulatorOptions;
  readonly #make: (options: SimulatorOptions) => S;
  readonly #further = new Map<string, Further<S>>();
  /** Opens ports, where there is a server. */
  opener: PortOpener<S> | undefined;

  /**
   * @param first the first organization
   * @param options of the first one: the others have the same, but for what is said of them
   */
  constructor(first: () => World, options: SimulatorOptions, make: (options: SimulatorOptions) => S) {
    this.#first = first;
    this.#options = options;
    this.#make = make;
  }

  /** The further organization that a request goes to; undefined for the first one. */
  of({ origin, path }: PlainRequest): S | undefined {
    if (this.#further.size === 0 || path.startsWith('/simulator/organizations')) return undefined;
    const [, label = ''] = /^https?:\/\/([a-z0-9-]+)/i.exec(origin) ?? [];
    return this.#further.get(label.toLowerCase())?.simulator;
  }

  get(name: string): S | undefined {
    return this.#further.get(name)?.simulator;
  }

  async add(asked: NewOrganization): Promise<OrganizationSummary> {
    checkOrganization(asked);
    const { name, port, ...own } = asked;
    if (name === this.#first().organization.name || this.#further.has(name)) {
      throw new ControlError(`There is an organization '${name}' already.`, 409);
    }
    if (this.#further.size >= mostOrganizations) {
      throw new ControlError(`At most ${mostOrganizations} further organizations. Remove one first.`, 409);
    }
    if (port !== undefined && this.opener === undefined) {
      throw new ControlError('No server listens here: an organization cannot have a port of its own.', 409);
    }
    // A folder keeps the first one only.
    const { data, ...inherited } = this.#options;
    void data;
    const simulator = this.#make({
      ...inherited,
      ...own,
      organization: { name, id: crypto.randomUUID(), businessUnitId: crypto.randomUUID() },
    });
    this.#further.set(name, { simulator, opened: undefined });
    if (port !== undefined && this.opener !== undefined) {
      try {
        this.#further.set(name, { simulator, opened: await this.opener(simulator, port) });
      } catch (error) {
        this.#further.delete(name);
        simulator.dispose();
        const why = error instanceof Error ? error.message : String(error);
        throw new ControlError(
          `The port ${port} cannot be had: ${why}. Name another, or 0 for a free one.`,
          409,
        );
      }
    }
    return this.#summary(simulator.world(), this.#further.get(name)?.opened?.url);
  }

  list(): OrganizationSummary[] {
    const further = [...this.#further.values()];
    return [
      this.#summary(this.#first(), undefined),
      ...further.map(({ simulator, opened }) => this.#summary(simulator.world(), opened?.url)),
    ];
  }

  async remove(name: string): Promise<boolean> {
    if (name === this.#first().organization.name) {
      throw new ControlError(`The organization '${name}' is the first one: it stays. Reset it instead.`, 409);
    }
    const further = this.#further.get(name);
    if (further === undefined) return false;
    this.#further.delete(name);
    further.simulator.dispose();
    await further.opened?.close();
    return true;
  }

  /** Resolves when none of them sends anything. */
  async sent(): Promise<void> {
    await Promise.all(Array.from(this.#further.values(), ({ simulator }) => simulator.sent()));
  }

  dispose(): void {
    for (const { simulator, opened } of this.#further.values()) {
      simulator.dispose();
      void opened?.close();
    }
    this.#further.clear();
  }

  #summary({ organization, clock, store, users }: World, url: string | undefined): OrganizationSummary {
    return {
      name: organization.name,
      id: organization.id,
      clock: clock.kind,
      now: new Date(clock.now()).toISOString(),
      operations: store.size,
      users: users.map(({ id, name, privileged }) => ({ id, name, privileged })),
      url,
    };
  }
}
