import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Arrival } from './http/admission.ts';
import { createAdmission } from './http/admission.ts';
import { corsFields, createCors } from './http/cors.ts';
import { refuseAndCut, writeAnswer } from './http/answer-writer.ts';
import { BodyReader } from './http/body-reader.ts';
import { createHostCheck, isLoopback } from './http/host-names.ts';
import { absoluteAuthority, pathOf, plainRequest } from './http/node-request.ts';
import { graceMs, shutDown, Unanswered } from './http/shutdown.ts';
import type { UnsentLimits } from './http/unsent.ts';
import { Unsent } from './http/unsent.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { createSender } from './send-by-node.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { createSimulator, defaultUsers } from './simulator.ts';
import type { User } from './situation.ts';
import type { ApiError } from './web-api/errors.ts';
import { errorAnswer, errors } from './web-api/errors.ts';

/** Where the server listens, and for whom. `port` 0 takes a free one; key and certificate (PEM) make it https. */
export interface ServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Bytes that a request's body may have; more is answered 413. Default: 16 MiB. */
  readonly bodyLimit?: number;
  /** Milliseconds in which a whole request has to come, and its head; else 408. Default: 60,000 and 20,000. */
  readonly requestTimeoutMs?: number;
  readonly headersTimeoutMs?: number;
  /** When a client that does not take its answers loses its connection. Default: 30 s; 256 MiB of all answers. */
  readonly unsent?: Partial<UnsentLimits>;
  /** Hosts that requests may name besides the server's own: names, `*.example.com`, `single-label`, `any`. */
  readonly allowedHosts?: readonly string[];
  /**
   * What may be called: kinds of addresses (`loopback`, `private`, `link-local`, `metadata`, `public`), names,
   * addresses, ranges, `any`; refused with `!` before it. By default everything but metadata on a loopback
   * address, else only what is public. Decides nothing for a simulator that was made elsewhere or has a `send`.
   */
  readonly callbackHosts?: readonly string[];
  /** Origins whose pages may use the Web API and the monitor, besides those of this machine; `any` for all. */
  readonly corsOrigins?: readonly string[];
  /** Whether the well-known tokens are kept on an address that others reach; else they are generated. */
  readonly knownTokens?: boolean;
  /** Milliseconds that closing waits for answers in flight, and then for deliveries. Default: 10,000. */
  readonly graceMs?: number;
}

/** A listening server. */
export interface RunningServer {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly simulator: Simulator;
  /** Those who may call it; their tokens are generated where others can reach the server. */
  readonly users: readonly User[];
  /** Takes no more requests, finishes answers and deliveries within bounds, and disposes of the simulator. */
  readonly close: () => Promise<void>;
}

const defaultBodyLimit = 16 * 1024 * 1024;

/** Connections at the same time; more are not taken. */
const connections = 10_000;

/** Serves a simulator (or a new one with these options) over HTTP; rejects if the port is taken. */
export async function startServer(
  from: Simulator | SimulatorOptions = {},
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, tls } = options;
  const users = usersOf(from, host, options);
  const simulator =
    'handle' in from ? from : createSimulator({ send: await senderOf(host, options), ...from, users });
  const unanswered = new Unanswered();
  const scheme = tls === undefined ? 'http' : 'https';
  let origin = '';
  const listener = listenerOf(simulator, unanswered, host, options, scheme, () => origin);
  // A query may have 32,768 characters, which the limit of Node would not let in.
  const settings = {
    keepAliveTimeout: 30_000,
    insecureHTTPParser: false,
    maxHeaderSize: 96 * 1024,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    headersTimeout: options.headersTimeoutMs ?? 20_000,
    connectionsCheckingInterval: Math.min(2_000, options.headersTimeoutMs ?? 2_000),
  };
  const server: Server =
    tls === undefined ? createServer(settings, listener) : createTlsServer({ ...settings, ...tls }, listener);
  server.maxConnections = connections;
  unanswered.watch(server);
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  origin = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  let closing: Promise<void> | undefined;
  return {
    url: origin,
    simulator,
    users,
    close: () => (closing ??= shutDown(server, unanswered, simulator, options.graceMs ?? graceMs)),
  };
}

async function senderOf(host: string, { callbackHosts = [] }: ServerOptions) {
  const { createCallbackHosts, defaultCallbackHosts } = await import('./http/callback-hosts.ts');
  const chosen = callbackHosts.some((entry) => !entry.startsWith('!'));
  const entries = chosen ? callbackHosts : [...defaultCallbackHosts(!isLoopback(host)), ...callbackHosts];
  return createSender(createCallbackHosts(entries));
}

/** The users as given; else the default ones, with tokens that nobody can know where others reach the server. */
function usersOf(from: object, host: string, { knownTokens = false }: ServerOptions): readonly User[] {
  const { users } = from as SimulatorOptions;
  if (users !== undefined) return users;
  if (knownTokens || isLoopback(host) || 'handle' in from) return defaultUsers;
  return defaultUsers.map((user) => ({ ...user, token: `${user.token}-${crypto.randomUUID()}` }));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function listenerOf(
  simulator: Simulator,
  unanswered: Unanswered,
  host: string,
  { bodyLimit = defaultBodyLimit, allowedHosts = [], corsOrigins = [], unsent: limits }: ServerOptions,
  scheme: string,
  ownOrigin: () => string,
): RequestListener {
  const cors = createCors(corsOrigins);
  const admit = createAdmission(createHostCheck(host, allowedHosts), cors);
  const bodies = new BodyReader(bodyLimit);
  const unsent = new Unsent(limits);

  function answer(response: ServerResponse, made: PlainAnswer): void {
    unanswered.count -= 1;
    writeAnswer(response, made, unanswered.ending, unsent);
  }

  function handle(request: PlainRequest, response: ServerResponse): void {
    const answered = simulator.handle(request);
    if (answered instanceof Promise) {
      void answered.then((made) => {
        answer(response, made);
      });
      return;
    }
    answer(response, answered);
  }

  function refuse(incoming: IncomingMessage, response: ServerResponse, error: ApiError): void {
    unanswered.count -= 1;
    refuseAndCut(incoming, response, errorAnswer(error));
  }

  return (incoming, response) => {
    unanswered.count += 1;
    const { headers, method = 'GET' } = incoming;
    const announced = Number(headers['content-length'] ?? 0);
    const hasBody = announced > 0 || headers['transfer-encoding'] !== undefined;
    const path = pathOf(incoming.url);
    const arrival: Arrival = { method, path, authority: absoluteAuthority(incoming.url), headers, hasBody };
    const problem = bodies.refuses(announced) ? errors.tooLarge(bodyLimit) : admit(arrival);
    if (problem !== undefined) {
      if (hasBody) refuse(incoming, response, problem);
      else answer(response, errorAnswer(problem));
      return;
    }
    if (headers.origin !== undefined && cors.allows(headers.origin, path)) {
      for (const [name, value] of corsFields(headers.origin)) response.setHeader(name, value);
      const preflight = cors.preflight(method, headers);
      if (preflight !== undefined) {
        answer(response, preflight);
        return;
      }
    }
    if (!hasBody) {
      handle(plainRequest(incoming, scheme, ownOrigin, ''), response);
      return;
    }
    bodies.read(incoming, (body, why) => {
      if (body !== undefined) handle(plainRequest(incoming, scheme, ownOrigin, body), response);
      else if (why === 'gone') unanswered.count -= 1;
      else refuse(incoming, response, why === 'no-room' ? errors.noRoom() : errors.tooLarge(bodyLimit));
    });
  };
}
