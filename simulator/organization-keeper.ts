import type { FurtherOrganization } from './control/organizations.ts';
import type { CustomApiDefinition } from './custom-apis/definitions/definition.ts';
import type { OrganizationContent } from './organization-content.ts';
import type { OrganizationWatcher } from './organization-watcher.ts';
import type { World } from './world.ts';

/** Keeps what an organization holds over the end of the process; see `data/data-folder.ts`. */
export interface OrganizationKeeper {
  /** What was kept; undefined for nothing. `interrupted`: ids of operations whose attempt was under way at the end. */
  readonly load: () => (OrganizationContent & { readonly interrupted: readonly string[] }) | undefined;
  /** Keeps another organization from now on; `anew`: instead of all that was kept. */
  readonly watch: (anew: boolean) => OrganizationWatcher;
  /** The organization that the changes are looked up in. */
  readonly attach: (world: World) => void;
  /** Settles when all changes so far are kept; undefined if they are. Rejects if they cannot be. */
  readonly settled: () => Promise<void> | undefined;
  /** Keeps further organizations beside this one. */
  readonly organizations: FurtherKeeper;
  /** Keeps what is left, and lets go of the files. */
  readonly close: () => void;
}

/** What is kept of a further organization besides what it holds. Custom APIs in code are not. */
export interface KeptOrganization extends FurtherOrganization {
  readonly clock: 'virtual' | 'real';
  /** GUIDs in lower case. */
  readonly id: string;
  readonly businessUnitId: string;
  /** Its custom APIs that are data. */
  readonly definitions: readonly CustomApiDefinition[];
  /** Of what these draw. */
  readonly seed: number;
}

/** Keeps further organizations. */
interface FurtherKeeper {
  /** All that are kept, in the order in which they were added; what is data of their custom APIs as code. */
  readonly list: () => KeptOrganization[];
  /** Keeps what one is, at once. */
  readonly put: (organization: KeptOrganization) => void;
  /** What keeps its content; begins anew where `list` has none of this name. */
  readonly open: (name: string, clock: 'virtual' | 'real') => OrganizationKeeper;
  /** Forgets one with all that it held, as soon as its keeper is closed. */
  readonly remove: (name: string) => void;
}
