import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { buildConnector, Pool, type Dispatcher } from 'undici';
import { codeOf } from '../../harness/file-problem.ts';
import { announcesBody, maxHeaderSize, requestFields } from './fields.ts';
import { valuesOf, type RawFields } from './passed.ts';
import type { PassedBody, PassedRequest } from './passed-request.ts';
import type { Passage } from './passage.ts';

/** Sends requests to a target, and tells each passage of its answer. */
export interface TargetSender {
  readonly send: (passage: Passage) => void;
  readonly close: () => Promise<void>;
}

/** Connections to the target at once; further requests wait for one. */
const mostConnections = 256;

/** Sends by undici's pool, the cheapest client that Node has, and by `node:http` what undici does not take. */
export function createTargetSender(target: string, host: string | undefined): TargetSender {
  // The certificate is the target's, whatever name the client calls the proxy by.
  const servername = new URL(target).hostname.replace(/^\[|\]$/g, '');
  // HTTP/2 gives no fields as they came, and the client speaks HTTP/1.
  const connect = buildConnector({ timeout: 30_000, allowH2: false });
  const pool = new Pool(target, {
    maxHeaderSize,
    connections: mostConnections,
    // The client decides how long it waits.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, done) => {
      connect({ ...options, servername: isIP(servername) === 0 ? servername : '' }, done);
    },
  });
  const plain = createPlainSender(target, host);
  let continues = false;
  return {
    send: (passage) => {
      const { rawHeaders, method = 'GET', url = '/' } = passage.request;
      if (continues || !url.startsWith('/') || valuesOf(rawHeaders, 'expect').length > 0) {
        plain.send(passage, passage.request);
        return;
      }
      const dispatch = (body: PassedBody): void => {
        const request = {
          method: method as Dispatcher.HttpMethod,
          path: url,
          servername,
          headers: requestFields(rawHeaders, host),
          body,
        };
        const takesNot = (): void => {
          plain.send(passage, body ?? passage.request);
        };
        const onContinue = (): void => {
          continues = true;
        };
        pool.dispatch(request, new UndiciHandler(passage, takesNot, onContinue));
      };
      if (announcesBody(rawHeaders)) passage.request.onBody(dispatch);
      else dispatch(null);
    },
    close: async () => {
      plain.close();
      await pool.destroy();
    },
  };
}

class UndiciHandler implements Dispatcher.DispatchHandler {
  readonly #passage: Passage;
  readonly #takesNot: () => void;
  readonly #onContinue: () => void;

  constructor(passage: Passage, takesNot: () => void, onContinue: () => void) {
    this.#passage = passage;
    this.#takesNot = takesNot;
    this.#onContinue = onContinue;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const giveUp = (): void => {
      controller.abort(new Error('The client has gone.'));
    };
    if (this.#passage.gone) giveUp();
    this.#passage.onGone(giveUp);
    this.#passage.onRoom(() => {
      controller.resume();
    });
  }

  onBodySent(chunk: Buffer): void {
    this.#passage.sent(chunk);
  }

  onResponseStart(
    { rawHeaders }: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    message = '',
  ): void {
    if (status >= 200)
      this.#passage.begin(status, Buffer.from(message).toString('latin1'), textsOf(rawHeaders));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#passage.data(chunk)) controller.pause();
  }

  onResponseEnd({ rawTrailers }: Dispatcher.DispatchController): void {
    this.#passage.end(textsOf(rawTrailers));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    // A target that says "100 Continue" unasked, as HTTP allows, is beyond undici.
    if (error.message === 'bad response') this.#onContinue();
    // Refused before it was sent: undici is stricter than Node's server.
    if (codeOf(error) === 'UND_ERR_INVALID_ARG') this.#takesNot();
    else this.#passage.fail(error);
  }
}

/** Raw fields come from the wire as bytes. */
function textsOf(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((each) => (typeof each === 'string' ? each : each.toString('latin1')));
}

function fieldOf(fields: RawFields, name: string): string[] {
  return valuesOf(fields, name.toLowerCase()).flatMap((value) => [name, value]);
}

/** Sends by `node:http`: dearer, and takes every request that Node's server takes. */
function createPlainSender(target: string, host: string | undefined) {
  const secure = target.startsWith('https:');
  const agent = new (secure ? TlsAgent : HttpAgent)({ keepAlive: true, maxSockets: mostConnections });
  return {
    send: (passage: Passage, body: Uint8Array | PassedRequest): void => {
      const { method = 'GET', url = '/', rawHeaders } = passage.request;
      const sent = (secure ? httpsRequest : httpRequest)(
        target,
        {
          agent,
          method,
          path: url,
          // The body is written in chunks where it came in chunks.
          headers: [...requestFields(rawHeaders, host), ...fieldOf(rawHeaders, 'Transfer-Encoding')],
          setHost: false,
          maxHeaderSize,
        },
        (answer) => {
          passage.begin(answer.statusCode ?? 502, answer.statusMessage ?? '', answer.rawHeaders);
          passage.onRoom(() => answer.resume());
          answer.on('data', (chunk: Buffer) => {
            if (!passage.data(chunk)) answer.pause();
          });
          answer.once('end', () => {
            passage.end(answer.rawTrailers);
          });
          answer.once('close', () => {
            if (!answer.complete) passage.fail(new Error('The answer was cut.'));
          });
        },
      );
      sent.on('error', (error) => {
        passage.fail(error);
      });
      sent.once('upgrade', (_answer, socket) => {
        socket.destroy();
        passage.fail(new Error('The target changed the protocol unasked.'));
      });
      sent.once('continue', () => {
        passage.mayContinue();
      });
      passage.onGone(() => {
        sent.destroy();
      });
      if (body instanceof Uint8Array) {
        passage.sent(body);
        sent.end(body);
        return;
      }
      body.on('data', (chunk: Buffer) => {
        passage.sent(chunk);
      });
      body.pipe(sent);
    },
    close: (): void => {
      agent.destroy();
    },
  };
}
