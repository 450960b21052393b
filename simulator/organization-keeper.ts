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
  /** Keeps what is left, and lets go of the files. */
  readonly close: () => void;
}
