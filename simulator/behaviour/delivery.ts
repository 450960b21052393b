import { members } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import type { CallForm } from '../http/forms.ts';
import type { Situation } from '../situation.ts';

/** What is delivered of an operation: its callback, the event to webhooks of steps, the event to callback registrations. */
type DeliveryKind = 'callback' | 'webhook' | 'registration';

/** What the simulator sends outward, and for what. `timeoutMs` is real time. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly purpose: 'probe' | DeliveryKind;
  readonly timeoutMs: number;
  /** How its body goes over HTTP; with its length where absent. */
  readonly form?: CallForm['body'];
}

/** What came back. */
export interface OutboundAnswer {
  readonly status: number;
  readonly body: string;
  /** The field `Retry-After`, if there was one. */
  readonly retryAfter?: string | undefined;
}

/** Moments of an operation's life at which something could be delivered. */
export type Moment = 'accepted' | 'started' | 'attempt-failed' | 'completed';

/** What is known about an outbound request when it passes the `outbound` hook. */
export interface Outbound extends Situation {
  /** As it is at that moment; undefined for the probe's call in a synchronous execution. */
  readonly operation: Operation | undefined;
  readonly moment: Moment;
  /** 1 for the first delivery, 2 for the first redelivery … */
  readonly delivery: number;
}

/** Decisions about callbacks, events and the probe's calls. */
export interface DeliveryDecisions {
  /** What is due at a moment: the requested callback, the events to subscribed steps and to callback registrations. */
  readonly deliveries: (
    moment: Moment,
    operation: Operation,
    situation: Situation,
  ) => readonly DeliveryKind[];
  /** The callback's payload. */
  readonly callback: (
    operation: Operation,
    location: string,
    situation: Situation,
  ) => Record<string, unknown>;
  /** The last word on the context that a webhook receives. */
  readonly eventContext: (
    context: Record<string, unknown>,
    operation: Operation,
    situation: Situation,
  ) => Record<string, unknown>;
  /** Rewrites, drops or multiplies what is sent. */
  readonly outbound: (request: OutboundRequest, about: Outbound) => readonly OutboundRequest[];
  /**
   * Executions that nobody ordered, each so many milliseconds after a moment: their outcome counts
   * for nothing (the contract: none).
   */
  readonly strayExecutions: (moment: Moment, operation: Operation, situation: Situation) => readonly number[];
  /** Whether a step of this mode (0 synchronous, 1 asynchronous) may be registered on the event. */
  readonly allowsStep: (mode: number) => boolean;
  /**
   * Milliseconds until a delivery is tried again; undefined to give up. `status` undefined: no answer came;
   * `retryAfter`: when the receiver wants it (the contract does not mind).
   */
  readonly redeliverAfter: (
    status: number | undefined,
    delivery: number,
    operation: Operation,
    situation: Situation,
    retryAfter?: string,
  ) => number | undefined;
  /** Whether a delivery is sent though its step or registration was deleted meanwhile (the contract: no). */
  readonly tellsTheDeleted: (kind: DeliveryKind, operation: Operation, situation: Situation) => boolean;
}

const temporary = [502, 503, 504];

/** Deliveries as the contract has them. */
export const delivery: DeliveryDecisions = {
  deliveries: (moment, operation, { choices }) => {
    if (moment !== 'completed') return [];
    const due: DeliveryKind[] = [];
    const canceled = operation.status === 32;
    if (operation.callbackUrl !== undefined && (!canceled || choices.callbackOnCancel)) due.push('callback');
    if (!canceled || choices.eventOnCancel) {
      due.push('webhook');
      const { registrationsTold: told } = choices;
      if (told === 'all' || (told === 'successes' && operation.status === 30)) due.push('registration');
    }
    return due;
  },
  callback: (operation, location) => {
    const payload: Record<string, unknown> = {
      [members.location]: location,
      [members.id]: operation.id,
      [members.state]: operation.state,
      [members.status]: operation.status,
    };
    if (operation.errorCode !== undefined) {
      payload[members.errorCode] = operation.errorCode;
      payload[members.errorMessage] = operation.errorMessage;
    }
    return payload;
  },
  eventContext: (context) => context,
  outbound: (request) => [request],
  strayExecutions: () => [],
  allowsStep: (mode) => mode === 1,
  redeliverAfter: (status, deliveryNumber, _operation, { choices: { redelivery } }) => {
    if (status !== undefined && status >= 200 && status < 300) return undefined;
    const again = redelivery.anyFailure || (status !== undefined && temporary.includes(status));
    return again && deliveryNumber <= redelivery.times ? redelivery.waitMs : undefined;
  },
  tellsTheDeleted: () => false,
};
