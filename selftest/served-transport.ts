import type { OpenTransport } from '../harness/embedded-transport.ts';
import { httpTransport } from '../harness/transport.ts';
import { startServer, type RunningServer } from '../simulator/server.ts';

/**
 * Reaches an embedded simulator over HTTP, so that the chosen form of its answers is seen. The server is started with
 * the first request; calls of the listener still go straight to it.
 */
export const servedTransport: OpenTransport = (simulator, origin) => {
  const transport = httpTransport();
  let starting: Promise<RunningServer> | undefined;
  return {
    send: async (request, options) => {
      starting ??= startServer(simulator, { graceMs: 1 });
      const { url } = await starting;
      return transport.send({ ...request, url: request.url.replace(origin, url) }, options);
    },
    close: async () => {
      await transport.close();
      await (await starting)?.close();
    },
  };
};
