import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { AnswerInFull } from './answer-in-full.ts';
import type { WireAnswer, WireRequest } from './answer.ts';
import { faultOf, NoAnswer, type FaultBeforeAnswer } from './client/no-answer.ts';
import { withinLimit } from './time-limit.ts';

/** How one request is to be sent. */
export interface SendOptions {
  /** The connection is closed as soon as the answer's head is there. */
  readonly disconnect?: boolean;
  /** Milliseconds of real time until the request is given up. */
  readonly timeoutMs?: number;
}

/** Carries requests to a target; throws `TransportError` where no usable answer comes. */
export interface Transport {
  send(request: WireRequest, options?: SendOptions): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Two workers together stay below the 52 requests at a time that Dataverse allows a user. */
const connections = 24;
const answerLimit = 64 * 1024 * 1024;
/** Milliseconds that a request is given where nobody says otherwise. */
export const defaultTimeoutMs = 30_000;
/** How long closing connections may take. */
const closeLimitMs = 1_000;

/**
 * Requests over real HTTP or HTTPS. Proxies come from the usual environment variables, additional
 * certificate authorities from `NODE_EXTRA_CA_CERTS`. Redirects are not followed: they are answers.
 */
export function httpTransport(): Transport {
  const options = { allowH2: false, connections, bodyTimeout: 0, headersTimeout: 0 };
  // Which proxy a request takes is asked for each: only where there is one.
  const agent = hasProxy() ? new EnvHttpProxyAgent(options) : new Agent(options);
  return {
    send: (request, options) => send(agent, request, options),
    // A proxy that does not answer holds its tunnel for minutes; nobody has to wait for that.
    close: async () => {
      await withinLimit(agent.destroy(), closeLimitMs);
    },
  };
}

function hasProxy(): boolean {
  const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];
  return names.some((name) => (process.env[name] ?? '') !== '');
}

async function send(agent: Dispatcher, request: WireRequest, options: SendOptions = {}): Promise<WireAnswer> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const headOnly = options.disconnect === true;
  const answer = new AnswerInFull({ headOnly, limit: answerLimit });
  let late: Error | undefined;
  const timer = setTimeout(() => {
    late = new Error(`no answer within ${timeoutMs / 1000} s`);
    answer.giveUp(late);
  }, timeoutMs);
  try {
    const { origin, pathname, search } = new URL(request.url);
    agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: request.method as 'GET',
        headers: withoutCoding(request.headers).flatMap(([name, value]) => [name, value]),
        body: request.body ?? null,
        reset: headOnly,
      },
      answer,
    );
    const { status, headers, body } = await answer.whole;
    const fields = pairs(headers);
    return { status, headers: fields, body: decoded(body, codingOf(fields)).toString('utf8') };
  } catch (error) {
    throw new NoAnswer(
      `${request.method} ${request.url}: ${explain(late ?? error)}`,
      late === undefined ? faultOf(error) : tooLate(timeoutMs),
    );
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(timeoutMs: number): FaultBeforeAnswer {
  return { what: `no answer came within ${timeoutMs / 1_000} s`, kind: 'timeout', taken: true };
}

/** Without this field a server may choose any coding of its answer (RFC 9110, 12.5.3), also one that is not read here. */
function withoutCoding(headers: WireRequest['headers']): WireRequest['headers'] {
  const given = headers.some(([name]) => name.toLowerCase() === 'accept-encoding');
  return given ? headers : [...headers, ['Accept-Encoding', 'identity']];
}

const decoders: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** The coding of an answer that came with one all the same: a server need not do without (RFC 9110, 12.5.3). */
function codingOf(headers: readonly [string, string][]): string {
  const coding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  return coding?.trim().toLowerCase() ?? '';
}

/** @throws Error where the coding is not known, or is not that of the body */
function decoded(body: Buffer, coding: string): Buffer {
  if (coding === '' || coding === 'identity' || body.length === 0) return body;
  const decode = decoders[coding];
  if (decode === undefined)
    throw new Error(`the answer has the content coding "${coding}", which is not known`);
  return decode(body, { maxOutputLength: answerLimit });
}

/** The fields of an answer. Spaces around a value are none of it (RFC 9110, 5.5). */
function pairs(raw: readonly (string | Buffer)[]): [string, string][] {
  const result: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    result.push([String(raw[i]), String(raw[i + 1]).replace(/^[ \t]+|[ \t]+$/g, '')]);
  return result;
}

function explain(error: unknown): string {
  const cause = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? cause.code : undefined;
  return typeof code !== 'string' ? cause.message : `${cause.message} (${code})`;
}
