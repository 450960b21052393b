import type { OutboundAnswer, OutboundRequest } from '../behaviour/delivery.ts';
import type { Json, NamedValue, ParameterType } from '../core/operation.ts';
import type { Failure } from '../core/lifecycle.ts';
import { isExactNumber } from '../http/exact-json.ts';
import { fitsType } from './parameter-types.ts';

/** A request parameter; required unless `optional`. */
export interface RequestParameter {
  readonly uniqueName: string;
  readonly type: ParameterType;
  readonly optional?: boolean;
}

/** A response property. */
export interface ResponseProperty {
  readonly uniqueName: string;
  readonly type: ParameterType;
}

/** What one execution of a custom API gets. */
export interface Execution {
  /** By unique name; a parameter that was not given is absent. */
  readonly inputs: Readonly<Record<string, Json>>;
  /** Absent in a synchronous execution. */
  readonly operationId: string | undefined;
  /** From 1. */
  readonly attempt: number;
  /** The target's clock, epoch milliseconds. */
  readonly now: () => number;
  /** Lets time pass on the target's clock while the execution goes on. One pause at a time. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Sends a request outward; rejects if no answer comes. A virtual clock stands still meanwhile. */
  readonly send: (request: OutboundRequest) => Promise<OutboundAnswer>;
}

/** Outputs by unique name; what was not set is absent or null. */
export type Outputs = Readonly<Record<string, Json | undefined>>;

/** Which rows a custom API belongs to: one of a table, or its collection. */
export interface Binding {
  readonly kind: 'entity' | 'collection';
  /** The logical name of the table. */
  readonly entity: string;
}

/** An action or a function: unbound unless `binding` says otherwise. */
export interface CustomApi {
  readonly uniqueName: string;
  readonly displayName: string;
  /** Absent: unbound. The row that a call is bound to is the input `Target`. */
  readonly binding?: Binding;
  /** Called by GET, with its parameters in the URL. It needs a response property. */
  readonly isFunction?: boolean;
  /** Left out of `$metadata`; it can be called all the same. */
  readonly isPrivate?: boolean;
  readonly parameters: readonly RequestParameter[];
  readonly properties: readonly ResponseProperty[];
  /** Throws a {@link PlatformError} for an error of the platform; any other error has code 0. */
  readonly execute: (execution: Execution) => Outputs | Promise<Outputs>;
}

/** The parameters of a custom API; one that is bound to a row has that row as its first. */
export function inputParameters({ binding, parameters }: CustomApi): readonly RequestParameter[] {
  return binding?.kind === 'entity'
    ? [{ uniqueName: 'Target', type: 'EntityReference' }, ...parameters]
    : parameters;
}

/**
 * The double nearest to a numeric input, for calculating with it. An input that a double would change, such as a
 * decimal of 28 digits or `1.50`, is an object with its text as `rawJSON`; returned as it came, it stays as it was
 * sent. NaN for what is not a number.
 */
export function numberOf(value: Json | undefined): number {
  if (isExactNumber(value)) return Number(value.rawJSON);
  return typeof value === 'number' ? value : NaN;
}

/** An error that comes from the platform: keeps its code (signed 32 bits). */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a thrown error means for an attempt. */
export function failureOf(error: unknown): Failure {
  if (isPlatformError(error)) return { kind: 'platform', code: error.code, message: error.message };
  return { kind: 'other', code: 0, message: error instanceof Error ? error.message : String(error) };
}

// By its name: it may be the class of another copy of this module, in the other package or of a test runner.
function isPlatformError(error: unknown): error is PlatformError {
  return (
    error instanceof Error &&
    error.name === 'PlatformError' &&
    'code' in error &&
    typeof error.code === 'number'
  );
}

/** The outputs that were set, in the order of the declaration; throws if one does not fit it. */
export function collectOutputs(api: CustomApi, outputs: Outputs): readonly NamedValue[] {
  for (const name of Object.keys(outputs)) {
    if (!api.properties.some((property) => property.uniqueName === name)) {
      throw new Error(`${api.uniqueName} set '${name}', which is none of its response properties.`);
    }
  }
  const values: NamedValue[] = [];
  for (const { uniqueName, type } of api.properties) {
    const value = Object.hasOwn(outputs, uniqueName) ? outputs[uniqueName] : undefined;
    if (value === undefined || value === null) continue;
    if (!fitsType(type, value)) {
      throw new Error(`${api.uniqueName} set '${uniqueName}' to a value that is no ${type}.`);
    }
    values.push({ Key: uniqueName, Value: value, type });
  }
  return values;
}
