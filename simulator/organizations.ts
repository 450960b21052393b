import { ControlError } from './control/control-error.ts';
import type {
  ControlOrganizations,
  FurtherOrganization,
  NewOrganization,
  OrganizationSummary,
} from './control/organizations.ts';
import { checkOrganization, summaryOf } from './control/organizations.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import { compiled, isCoded } from './custom-apis/compiled.ts';
import type { KeptOrganization, OrganizationKeeper } from './organization-keeper.ts';
import type { PlainRequest } from './plain.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import type { World } from './world.ts';

/** What an organization has to offer to stand beside others. */
interface Member {
  readonly world: () => World;
  readonly sent: () => Promise<void>;
  readonly replaceCustomApis: (apis: readonly CustomApi[]) => void;
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
  /** Whether its custom APIs are those of the first one. */
  readonly inherits: boolean;
  readonly port: number | undefined;
  opened: OpenedPort | undefined;
}

/** Organizations besides the first one, at the same time at most. */
const mostOrganizations = 50;

/** The further organizations of a simulator: each is a simulator of its own, found by the host that a request names. */
export class Organizations<S extends Member> implements ControlOrganizations {
  readonly #first: () => World;
  readonly #options: SimulatorOptions;
  readonly #make: (options: SimulatorOptions) => S;
  readonly #further = new Map<string, Further<S>>();
  #customApis: readonly CustomApi[] | undefined;
  /** Opens ports, where there is a server. */
  #opener: PortOpener<S> | undefined;

  /**
   * @param first the first organization
   * @param options of the first one: the others have the same, but for what is said of them
   */
  constructor(first: () => World, options: SimulatorOptions, make: (options: SimulatorOptions) => S) {
    this.#first = first;
    this.#options = options;
    this.#customApis = options.customApis;
    this.#make = make;
  }

  /**
   * Starts those that a folder keeps and those of the options; of what both have, the options count.
   *
   * @throws ControlError; none is running then
   */
  begin(): void {
    const { organizations = [], data } = this.#options;
    const all = new Map<string, Partial<KeptOrganization> & FurtherOrganization>();
    for (const kept of data?.organizations.list() ?? []) all.set(kept.name, kept);
    for (const given of organizations) all.set(given.name, { ...all.get(given.name), ...given });
    try {
      for (const organization of all.values()) this.#start(organization);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** @throws ControlError where a port cannot be had */
  async openPortsWith(opener: PortOpener<S>): Promise<void> {
    this.#opener = opener;
    for (const further of this.#further.values()) await this.#open(further);
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
    const { customApis: given, ...settings } = asked;
    const { seed = 1 } = this.#options;
    const customApis = given === undefined ? {} : { customApis: await compiled(given, seed) };
    if (asked.port !== undefined && this.#opener === undefined) {
      throw new ControlError('No server listens here: an organization cannot have a port of its own.', 409);
    }
    const definitions = (given ?? []).filter((api) => !isCoded(api));
    const further = this.#start({ ...settings, ...customApis }, { definitions, seed });
    try {
      await this.#open(further);
    } catch (error) {
      this.#further.delete(asked.name);
      this.#forget(asked.name, further);
      throw error;
    }
    return summaryOf(further.simulator.world(), further.opened?.url);
  }

  list(): OrganizationSummary[] {
    const further = [...this.#further.values()];
    return [
      summaryOf(this.#first(), undefined),
      ...further.map(({ simulator, opened }) => summaryOf(simulator.world(), opened?.url)),
    ];
  }

  async remove(name: string): Promise<boolean> {
    if (name === this.#first().organization.name) {
      throw new ControlError(`The organization '${name}' is the first one: it stays. Reset it instead.`, 409);
    }
    const further = this.#further.get(name);
    if (further === undefined) return false;
    this.#further.delete(name);
    this.#forget(name, further);
    await further.opened?.close();
    return true;
  }

  /** Puts other custom APIs in the place of those of the first organization, wherever they are inherited. */
  replaceCustomApis(apis: readonly CustomApi[]): void {
    this.#customApis = apis;
    for (const { simulator, inherits } of this.#further.values()) {
      if (inherits) simulator.replaceCustomApis(apis);
    }
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

  /** @throws ControlError for one that cannot be */
  #start(
    organization: Partial<KeptOrganization> & FurtherOrganization,
    toKeep: Partial<Pick<KeptOrganization, 'definitions' | 'seed'>> = {},
  ): Further<S> {
    const { id = crypto.randomUUID(), businessUnitId = crypto.randomUUID(), ...rest } = organization;
    const { definitions, seed, ...asked } = rest;
    checkOrganization(asked);
    const { name, port, start, users, customApis } = asked;
    if (name === this.#first().organization.name || this.#further.has(name)) {
      throw new ControlError(`There is an organization '${name}' already.`, 409);
    }
    if (this.#further.size >= mostOrganizations) {
      throw new ControlError(`At most ${mostOrganizations} further organizations. Remove one first.`, 409);
    }
    const { data, organizations, ...inherited } = this.#options;
    void organizations;
    const { clock = inherited.clock ?? 'virtual' } = asked;
    const keeper = data?.organizations.open(name, clock);
    const simulator = this.#making(keeper, {
      ...inherited,
      ...((customApis ?? this.#customApis) === undefined
        ? {}
        : { customApis: customApis ?? this.#customApis ?? [] }),
      ...(start === undefined ? {} : { start }),
      ...(users === undefined ? {} : { users }),
      clock,
      organization: { name, id, businessUnitId },
    });
    const further = { simulator, inherits: customApis === undefined, port, opened: undefined };
    this.#further.set(name, further);
    data?.organizations.put({
      ...asked,
      clock,
      id,
      businessUnitId,
      definitions: toKeep.definitions ?? definitions ?? [],
      seed: toKeep.seed ?? seed ?? 1,
    });
    return further;
  }

  #making(data: OrganizationKeeper | undefined, options: SimulatorOptions): S {
    try {
      return this.#make(data === undefined ? options : { ...options, data });
    } catch (error) {
      data?.close();
      throw error;
    }
  }

  /** @throws ControlError where its port cannot be had */
  async #open(further: Further<S>): Promise<void> {
    const { simulator, port, opened } = further;
    if (port === undefined || opened !== undefined || this.#opener === undefined) return;
    try {
      further.opened = await this.#opener(simulator, port);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const { name } = simulator.world().organization;
      throw new ControlError(
        `The port ${port} cannot be had for the organization '${name}': ${why}. Name another, or 0 for a free one.`,
        409,
      );
    }
  }

  #forget(name: string, { simulator }: Further<S>): void {
    this.#options.data?.organizations.remove(name);
    simulator.dispose();
  }
}
