import type { Behaviour } from './behaviour.ts';
import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { Choices } from './choices.ts';
import type { Exchange } from './control/journal.ts';
import type { FurtherOrganization } from './control/organizations.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import type { OrganizationKeeper } from './organization-keeper.ts';
import type { ProtectionOptions } from './protection/guard.ts';
import type { SignInOptions } from './sign-in/apps.ts';
import type { User } from './situation.ts';
import type { Organization } from './world.ts';

/** How a simulator is made; every member has a default. */
export interface SimulatorOptions {
  /** What `Location` is built on; by default what each request was sent to. */
  readonly origin?: string;
  /** `virtual` by default: time stands still until it is moved. */
  readonly clock?: 'virtual' | 'real';
  /** Start of a virtual clock, epoch milliseconds; by default 2026-01-01T00:00:00Z. */
  readonly start?: number;
  /** How outbound calls leave; by default real HTTP through `fetch`. */
  readonly send?: (request: OutboundRequest) => Promise<OutboundAnswer>;
  /** Told of a fault of the simulator itself; its request is refused. By default it is printed. */
  readonly onFault?: (error: unknown) => void;
  /** Without it a request that shows no token is the initiator's. Default: true. */
  readonly requireAuth?: boolean;
  /** What the documentation leaves open; single members replace the defaults. */
  readonly choices?: Partial<Choices>;
  /** What an operation chooses for itself, by its number from 1; replaces members of `choices` for that one. */
  readonly choicesOf?: (sequence: number) => Partial<Choices>;
  /** Short for `choices.retry`, member by member, and for `choices.attemptLimitMs`. */
  readonly retry?: Partial<Choices['retry']>;
  readonly attemptLimitMs?: number;
  /** Attempts that may run at once. Default: without limit. */
  readonly capacity?: number;
  /** How many bytes of operations are stored at most: about a million small ones. Default: 1.5 GiB. */
  readonly storedBytes?: number;
  /** Whether the probe is there from the start; without it one can be installed. Default: true. */
  readonly probe?: boolean;
  /** Custom APIs besides the probe and the samples; the same unique name replaces. */
  readonly customApis?: readonly CustomApi[];
  /** The decisions; by default the contract's. */
  readonly behaviour?: Behaviour;
  /** Of jitter and of whatever else is random. Default: 1. */
  readonly seed?: number;
  readonly users?: readonly User[];
  /** The organization that it plays. Default: `contoso`, with a fixed id. */
  readonly organization?: Organization;
  /**
   * The user of a bearer token that none of `users` has; undefined refuses it with 401, as an expired one.
   * For tokens that a sign-in service issues.
   */
  readonly acceptToken?: (token: string) => User | undefined;
  /**
   * The sign-in service: OpenID discovery, tokens for client credentials, device codes and authorization codes.
   * `false` switches it off. Default: one application a user.
   */
  readonly signIn?: SignInOptions | false;
  /** Service protection limits, with 429 and `Retry-After`; `{}` for the documented ones. Default: none. */
  readonly serviceProtection?: ProtectionOptions;
  /** Requests that the journal of the control interface keeps; 0 to record none. Default: 1,000. */
  readonly journal?: number;
  /** Further organizations that are there from the start: `control.organizations`. */
  readonly organizations?: readonly FurtherOrganization[];
  /** Keeps what it holds over the end of the process: `openDataFolder` of `data/data-folder.ts`. Default: memory only. */
  readonly data?: OrganizationKeeper;
  /** Told of every request that was answered, those of the control interface included. */
  readonly onExchange?: (exchange: Exchange) => void;
}
