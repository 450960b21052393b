import type { Operation } from '../core/operation.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import type { Prefix } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText } from './xml-reader.ts';
import { pairsOf } from './value-reader.ts';

/** A message with its parameters, as every way of calling brings it. */
export interface Message {
  /** `RequestName` decides which message it is; `i:type` never does. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, XmlElement>;
}

/** What a message came to. */
export type MessageReply = Refused | Replied;

/** An error, and the operation that it is about. */
export interface Refused {
  readonly error: ApiError;
  readonly operation?: Operation | undefined;
}

/** The response of a message. */
export interface Replied {
  readonly error?: never;
  /** The class of the response; clients cast to it. Undefined for a plain `OrganizationResponse`. */
  readonly type?: `${Prefix}:${string}`;
  /** The pairs of `Results`. */
  readonly results: string;
  /** What the dedicated operation (`Retrieve`, `RetrieveMultiple`) answers inside its result; undefined: nothing. */
  readonly content?: string;
  readonly operation?: Operation | undefined;
  readonly before?: Operation | undefined;
}

/** Answers one message. */
export type MessageHandler = (call: Call, message: Message) => MessageReply | Promise<MessageReply>;

/** Reads an `OrganizationRequest` or a class made from it; undefined if it has no name. */
export function readMessage(request: XmlElement | undefined): Message | undefined {
  const name = childText(request, 'a', 'RequestName');
  if (request === undefined || name === undefined) return undefined;
  return { name, parameters: new Map(pairsOf(childOf(request, 'a', 'Parameters'))) };
}

/** A parameter that is there and not nil. */
export function given({ parameters }: Message, name: string): XmlElement | undefined {
  const element = parameters.get(name);
  return element === undefined || element.nil ? undefined : element;
}

/** The refusal of a message that lacks a parameter. */
export function missing({ name }: Message, parameter: string): Refused {
  return { error: errors.missingParameter(parameter, name) };
}
