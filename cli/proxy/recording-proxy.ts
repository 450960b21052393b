import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { maxHeaderSize } from './fields.ts';
import { Passage, type PassageContext } from './passage.ts';
import type { Passed } from './passed.ts';
import { PassedRequest } from './passed-request.ts';
import { createTargetSender } from './senders.ts';

/** Where a proxy listens, and what it stands before. */
export interface ProxyPlace {
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Whether the target is told its own name in `Host` instead of the proxy's. */
  readonly changeOrigin: boolean;
  /** Whether `Location` of the target's origin is changed to the proxy's: the only thing that ever is. */
  readonly rewriteLocation: boolean;
}

/** A proxy that listens. */
export interface RunningProxy {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What a proxy tells of. */
export interface ProxyObserver {
  readonly record: (passed: Passed) => void;
  /** Where no more can be recorded for now: what the next request waits for. */
  readonly room?: () => Promise<void> | undefined;
  readonly onUnreachable?: (why: string) => void;
}

/**
 * Starts a reverse proxy that passes everything on as it is, as a stream, and tells what passed once an answer
 * has ended. A connection that the target cuts is cut; a target that is not there is answered for with 502.
 */
export async function startProxy(place: ProxyPlace, observer: ProxyObserver): Promise<RunningProxy> {
  const { target, host, port, tls, changeOrigin, rewriteLocation } = place;
  const { record, room = () => undefined, onUnreachable = () => undefined } = observer;
  const sender = createTargetSender(target, changeOrigin ? new URL(target).host : undefined);
  const context = { target, record, onUnreachable };
  let ownUrl = '';
  const passing = new Set<ServerResponse>();
  const pass = (request: PassedRequest, response: ServerResponse): void => {
    const more: PassageContext = { ...context, ownUrl: rewriteLocation ? ownUrl : undefined };
    passing.add(response);
    sender.send(new Passage(request, response, more));
    response.once('close', () => passing.delete(response));
  };
  const listener = (request: PassedRequest, response: ServerResponse): void => {
    const waits = room();
    if (waits === undefined) pass(request, response);
    else
      void waits.then(() => {
        if (!response.destroyed) pass(request, response);
      });
  };
  const settings = { maxHeaderSize, IncomingMessage: PassedRequest, optimizeEmptyRequests: true };
  const server =
    tls === undefined ? createServer(settings, listener) : createTlsServer({ ...settings, ...tls }, listener);
  // Who waits for "100 Continue" gets the target's, not one of the proxy's.
  server.on('checkContinue', listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  ownUrl = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  return {
    url: ownUrl,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      // What is cut here has passed as far as it came: it is told of before the end.
      const told = Promise.all([...passing].map((each) => once(each, 'close')));
      server.closeAllConnections();
      await sender.close();
      await closed;
      await told;
    },
  };
}
