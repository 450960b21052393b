import type { Json, ParameterType } from '../../core/operation.ts';
import type { Binding, RequestParameter } from '../custom-api.ts';

/** A custom API as data: what it takes and returns, and how each of its attempts ends. */
export interface CustomApiDefinition extends OutcomeDefinition {
  readonly uniqueName: string;
  /** Default: the unique name. */
  readonly displayName?: string | undefined;
  readonly binding?: Binding | undefined;
  readonly isFunction?: boolean | undefined;
  readonly isPrivate?: boolean | undefined;
  readonly parameters?: readonly ParameterDefinition[] | undefined;
  readonly properties?: readonly PropertyDefinition[] | undefined;
  /** How the first, second, … attempt ends; the last one counts for all that follow. Default: as the API says. */
  readonly attempts?: readonly AttemptDefinition[] | undefined;
}

/** A request parameter as data. */
export interface ParameterDefinition extends PropertyDefinition {
  readonly optional?: RequestParameter['optional'] | undefined;
}

/** A response property as data. */
export interface PropertyDefinition {
  readonly uniqueName: string;
  readonly type: ParameterType;
}

/** How an attempt ends. Without `fail` and `timeOut` it succeeds. */
export interface OutcomeDefinition {
  /** Milliseconds that it takes on the target's clock. Default: 0. A synchronous call does not wait for it. */
  readonly durationMs?: number | undefined;
  /** The response properties; texts may have places such as `{{Name}}`. */
  readonly outputs?: Readonly<Record<string, Json>> | undefined;
  /** With a code it is an error of the platform, signed 32 bits; without, one of the plug-in. */
  readonly fail?: { readonly code?: number | undefined; readonly message: string } | undefined;
  /** It does not end before its time limit. */
  readonly timeOut?: boolean | undefined;
}

/** How one attempt ends, or outcomes of which one is drawn each time, by their weights and the seed. */
export type AttemptDefinition = OutcomeDefinition | { readonly oneOf: readonly WeightedOutcome[] };

/** An outcome that is drawn `weight` times as often as one with the weight 1. */
export interface WeightedOutcome extends OutcomeDefinition {
  readonly weight: number;
}

/** What a file of custom APIs holds. */
export interface CustomApiFile {
  /** For editors. */
  readonly $schema?: string | undefined;
  readonly customApis: readonly CustomApiDefinition[];
}
