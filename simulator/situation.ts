import type { Choices } from './choices.ts';
import type { Operation } from './core/operation.ts';
import type { Random } from './core/random.ts';

/** What every decision may look at: the moment, the choices, and the other operations. */
export interface Situation {
  /** The moment of the decision, epoch milliseconds: stamped once per request. */
  readonly now: number;
  readonly choices: Choices;
  readonly random: Random;
  /** An operation by its id in lower case. */
  readonly find: (id: string) => Operation | undefined;
  /** All operations, oldest first. */
  readonly all: () => Iterable<Operation>;
}

/** A user of the organization. */
export interface User {
  /** systemuserid, a GUID in lower case. */
  readonly id: string;
  readonly token: string;
  /** What `fullname` shows. Default: `User` and the first part of the id. */
  readonly name?: string;
  /** The object id in Entra ID, a GUID in lower case; by default the same as `id`. */
  readonly objectId?: string;
  /** systemuserid of who really sent the request, where it impersonates this user. */
  readonly onBehalfBy?: string;
  /** Whether the user holds the two privileges for background operations. */
  readonly privileged: boolean;
}
