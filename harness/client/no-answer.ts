import { TransportError } from '../verdict.ts';

/** Why no answer came, as far as it decides what to do about it. */
export interface FaultBeforeAnswer {
  /** In words, e.g. "the connection was reset". */
  readonly what: string;
  /** `network`: the way to the target failed; `timeout`: nothing came in time; `other`: what a second try cannot mend. */
  readonly kind: 'network' | 'timeout' | 'other';
  /** Whether the target may have taken the request. */
  readonly taken: boolean;
}

/** No usable answer came over the wire. */
export class NoAnswer extends TransportError {
  readonly fault: FaultBeforeAnswer;

  constructor(message: string, fault: FaultBeforeAnswer) {
    super(message);
    this.fault = fault;
  }
}

/** Codes of errors on the way to the target, in words; `false` where nothing was sent yet. */
const faults: Readonly<Record<string, readonly [what: string, taken: boolean]>> = {
  ECONNREFUSED: ['the connection was refused', false],
  EHOSTUNREACH: ['the host could not be reached', false],
  ENETUNREACH: ['the network could not be reached', false],
  ENETDOWN: ['the network was down', false],
  EAI_AGAIN: ['the name could not be resolved for the moment', false],
  UND_ERR_CONNECT_TIMEOUT: ['no connection came about in time', false],
  ECONNRESET: ['the connection was reset', true],
  ECONNABORTED: ['the connection was aborted', true],
  EPIPE: ['the connection was closed while the request was sent', true],
  ETIMEDOUT: ['the connection timed out', true],
  UND_ERR_SOCKET: ['the connection was closed before the answer was complete', true],
  UND_ERR_PRX_CONN: ['the proxy closed the connection', false],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['the answer was shorter than it said', true],
};

/** What an error of the HTTP client means. */
export function faultOf(error: unknown): FaultBeforeAnswer {
  const cause = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(cause instanceof Error)) return { what: String(cause), kind: 'other', taken: true };
  const { code, syscall } = cause as { code?: unknown; syscall?: unknown };
  const known = typeof code === 'string' ? faults[code] : undefined;
  if (known !== undefined)
    return { what: known[0], kind: 'network', taken: known[1] && syscall !== 'connect' };
  // A proxy that opens no tunnel: nothing of the request has left yet.
  const tunnel = /Proxy response \((\d+)\)/.exec(cause.message)?.[1];
  if (tunnel !== undefined)
    return {
      what: `the proxy answered ${tunnel} instead of opening a tunnel`,
      kind: 'network',
      taken: false,
    };
  if (cause.name === 'HTTPParserError' || (typeof code === 'string' && code.startsWith('HPE_')))
    return { what: 'the answer was no HTTP', kind: 'network', taken: true };
  if (/terminated|aborted|premature/i.test(cause.message))
    return { what: 'the answer was cut short', kind: 'network', taken: true };
  return { what: cause.message, kind: 'other', taken: true };
}
