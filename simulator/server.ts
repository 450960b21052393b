import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from './http/host-names.ts';
import { http, https } from './http/node-http.ts';
import type { AnsweredRequest, Entrance } from './http/request-listener.ts';
import { createListeners } from './http/request-listener.ts';
import { ServerRequest } from './http/server-request.ts';
import { graceMs, shutDown, Unanswered } from './http/shutdown.ts';
import type { UnsentLimits } from './http/unsent.ts';
import { createSender } from './send-by-node.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { createSimulator, defaultUsers } from './simulator.ts';
import type { User } from './situation.ts';

export type { AnsweredRequest } from './http/request-listener.ts';

/** Where the server listens, and for whom. `port` 0 takes a free one; key and certificate (PEM) make it https. */
export interface ServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** With key and certificate: the port of https, and `port` is one of plain http. 0 takes a free one. */
  readonly tlsPort?: number;
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
  /** Origins whose pages may use the control interface below `/simulator/`; by default no page of another origin. */
  readonly controlOrigins?: readonly string[];
  /**
   * What requests below `/simulator/` have to show as a bearer token; health and the page's files need none. `false`:
   * nothing. Default: nothing on a loopback address or with `knownTokens`; else, where others can reach it, one is generated.
   */
  readonly controlToken?: string | false;
  /** Whether the well-known tokens are kept on an address that others reach; else they are generated. */
  readonly knownTokens?: boolean;
  /** Told of each request when its answer has left, refused ones included. */
  readonly onAnswered?: (request: AnsweredRequest) => void;
  /** Milliseconds that closing waits for answers in flight, and then for deliveries. Default: 10,000. */
  readonly graceMs?: number;
}

/** A listening server. */
export interface RunningServer {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where https is served besides; undefined without `tlsPort`. */
  readonly tlsUrl: string | undefined;
  readonly simulator: Simulator;
  /** Those who may call it; their tokens are generated where others can reach the server. */
  readonly users: readonly User[];
  /** What requests below `/simulator/` have to show as a bearer token; undefined where they need none. */
  readonly controlToken: string | undefined;
  /** Takes no more requests, finishes answers and deliveries within bounds, and disposes of the simulator. */
  readonly close: () => Promise<void>;
}

/** Connections at the same time; more are not taken. */
const connections = 10_000;

/** Serves a simulator (or a new one with these options) over HTTP; rejects if a port cannot be had. */
export async function startServer(
  from: Simulator | SimulatorOptions = {},
  given: ServerOptions = {},
): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, tls, tlsPort } = given;
  const controlToken = controlTokenOf(host, given);
  const options = { ...given, controlToken: controlToken ?? false } as const;
  const users = usersOf(from, host, options);
  const simulator =
    'handle' in from
      ? from
      : createSimulator({
          send: await senderOf(host, options),
          ...guardedDefaults(host, options, from),
          users,
        });
  const unanswered = new Unanswered();
  const listenerOf = createListeners(simulator, unanswered, host, options);
  const open = async (
    scheme: Entrance['scheme'],
    at: number,
    serves = simulator,
  ): Promise<{ server: Server; url: string }> => {
    let url = '';
    const listener = (serves === simulator ? listenerOf : createListeners(serves, unanswered, host, options))(
      { scheme, origin: () => url },
    );
    const settings = settingsOf(options);
    const server =
      scheme === 'http'
        ? http.createServer(settings, listener)
        : https.createServer({ ...settings, ...tls }, listener);
    server.maxConnections = connections;
    unanswered.watch(server);
    await listen(server, at, host);
    const address = server.address() as AddressInfo;
    url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
    return { server, url };
  };
  const servers: Server[] = [];
  const opened = async (scheme: Entrance['scheme'], at: number) => {
    const { server, url } = await open(scheme, at);
    servers.push(server);
    return url;
  };
  let url: string;
  let tlsUrl: string | undefined;
  try {
    url = await opened(tls === undefined || tlsPort !== undefined ? 'http' : 'https', port);
    if (tls !== undefined && tlsPort !== undefined) tlsUrl = await opened('https', tlsPort);
    await simulator.openPortsWith(async (organization, at) => {
      const { server, url } = await open(tls === undefined ? 'http' : 'https', at, organization);
      return { url, close: () => closed(server) };
    });
  } catch (error) {
    for (const server of servers) server.close();
    if (simulator !== from) simulator.dispose();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url,
    tlsUrl,
    simulator,
    users,
    controlToken,
    close: () => (closing ??= shutDown(servers, unanswered, simulator, options.graceMs ?? graceMs)),
  };
}

// A query may have 32,768 characters, which the limit of Node would not let in.
function settingsOf({ requestTimeoutMs = 60_000, headersTimeoutMs = 20_000 }: ServerOptions) {
  return {
    IncomingMessage: ServerRequest,
    optimizeEmptyRequests: true,
    keepAliveTimeout: 30_000,
    insecureHTTPParser: false,
    maxHeaderSize: 96 * 1024,
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    connectionsCheckingInterval: Math.min(2_000, headersTimeoutMs),
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

/** The token as given; else one that nobody can know where others reach the server, unless all tokens are known. */
function controlTokenOf(
  host: string,
  { controlToken, knownTokens = false }: ServerOptions,
): string | undefined {
  if (controlToken !== undefined) return controlToken === false ? undefined : controlToken;
  return isLoopback(host) || knownTokens ? undefined : `control-${crypto.randomUUID()}`;
}

/** Where others reach it and not everybody may use it: nothing is recorded, and no token is given without a secret. */
function guardedDefaults(
  host: string,
  { knownTokens = false }: ServerOptions,
  given: SimulatorOptions,
): SimulatorOptions {
  if (knownTokens || isLoopback(host)) return given;
  const { signIn = {} } = given;
  return { journal: 0, ...given, signIn: signIn === false ? false : { autoConsent: false, ...signIn } };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
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
