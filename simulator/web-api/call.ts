import type { Preferences, Resource } from '../behaviour/door.ts';
import type { Operation } from '../core/operation.ts';
import type { Field, PlainAnswer, PlainRequest } from '../plain.ts';
import type { Runner } from '../runner.ts';
import type { Situation, User } from '../situation.ts';
import type { World } from '../world.ts';
import type { ApiError } from './errors.ts';
import { errorAnswer, errors } from './errors.ts';

/** A request on its way to its resource. */
export interface Call {
  readonly request: PlainRequest;
  readonly world: World;
  readonly runner: Runner;
  readonly situation: Situation;
  readonly user: User;
  readonly preferences: Preferences;
  /** The root of the Web API as the client called it, e.g. `https://org/api/data/v9.2/`. */
  readonly root: string;
}

/** What a resource made of a request; the operation it was about, before and after. */
export interface Handled {
  readonly answer: PlainAnswer;
  readonly resource: Resource;
  readonly operation?: Operation | undefined;
  readonly before?: Operation | undefined;
  /** The error that it answers, where it refused the request with one of the Web API. */
  readonly error?: ApiError;
}

const odataHeaders: readonly Field[] = [
  ['Cache-Control', 'no-cache'],
  ['Content-Type', 'application/json; odata.metadata=minimal'],
  ['OData-Version', '4.0'],
];

/** An answer of the Web API with a JSON body. */
export function odataAnswer(body: object, headers: readonly Field[] = [], status = 200): PlainAnswer {
  return { status, headers: [...odataHeaders, ...headers], body: JSON.stringify(body) };
}

/** 204, without a body. */
export function noContent(headers: readonly Field[] = []): PlainAnswer {
  return { status: 204, headers: [['OData-Version', '4.0'], ...headers], body: undefined };
}

/** An error as what a resource made of the request. */
export function refused(resource: Resource, error: ApiError, operation?: Operation): Handled {
  return { answer: errorAnswer(error), resource, operation, before: operation, error };
}

/** What a function or an action is by another verb than its own: nothing that there is, as documented. */
export function otherVerb({ request }: Call): Handled {
  return refused('other', errors.noResource(`${request.origin}${request.path}`));
}
