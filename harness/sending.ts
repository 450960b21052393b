import type { Answer, JsonObject } from './answer.ts';
import type { Principal } from './auth.ts';

/** A call of a custom API, as far as it does not depend on the way by which it is sent. */
interface Sent {
  readonly customApi: string;
  readonly body: JsonObject;
  readonly callbackUrl: string | undefined;
  readonly as: Principal;
}

/** A way to send a call. */
export type Sending = (sent: Sent) => Promise<Answer>;

/** The operation that an answer names. */
export interface NamedOperation {
  readonly id: string;
  readonly monitorUrl: string;
}
