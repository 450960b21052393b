import type { RequestListener, ServerResponse } from 'node:http';
import { headers as headerNames } from '../../contract/vocabulary.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';
import { headerOf } from '../plain.ts';
import type { Simulator } from '../simulator.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errorAnswer, errors } from '../web-api/errors.ts';
import type { Arrival } from './admission.ts';
import { createAdmission } from './admission.ts';
import { refuseAndCut, writeAnswer } from './answer-writer.ts';
import { BodyReader } from './body-reader.ts';
import { createControlGuard } from './control-guard.ts';
import { corsFields, createCors } from './cors.ts';
import type { AnswerForm } from './forms.ts';
import { createHostCheck } from './host-names.ts';
import type { ServerRequest } from './server-request.ts';
import { createOrigins, plainRequest, readTarget } from './node-request.ts';
import type { Unanswered } from './shutdown.ts';
import type { UnsentLimits } from './unsent.ts';
import { Unsent } from './unsent.ts';

/** What a server lets in, and how much of it. */
export interface ListenerOptions {
  readonly bodyLimit?: number;
  readonly unsent?: Partial<UnsentLimits>;
  readonly allowedHosts?: readonly string[];
  readonly corsOrigins?: readonly string[];
  readonly controlOrigins?: readonly string[];
  readonly controlToken: string | false;
  readonly onAnswered?: (request: AnsweredRequest) => void;
}

/** A request whose answer has left, or never will. */
export interface AnsweredRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Undefined where the connection ended before the answer had left. */
  readonly status: number | undefined;
  readonly durationMs: number;
  /** The operation that the request began. */
  readonly operation: string | undefined;
}

const defaultBodyLimit = 16 * 1024 * 1024;

/** Where requests come in. */
export interface Entrance {
  readonly scheme: 'http' | 'https';
  /** The origin of a request that names no host. */
  readonly origin: () => string;
}

const isOfPage = (path: string): boolean => path === '/simulator/' || path.startsWith('/simulator/page/');

/** Who opens the printed address in a browser is led to the page: there is nothing else to see. */
const isVisit = ({ method, path, headers }: PlainRequest): boolean =>
  path === '/' && method === 'GET' && (headers['accept'] ?? '').includes('text/html');
const toPage: PlainAnswer = { status: 302, headers: [['Location', '/simulator/']], body: undefined };

/** Hands the requests of a server to a simulator. Several entrances share the limits. */
export function createListeners(
  simulator: Simulator,
  unanswered: Unanswered,
  host: string,
  options: ListenerOptions,
): (entrance: Entrance) => RequestListener<typeof ServerRequest> {
  const { bodyLimit = defaultBodyLimit, allowedHosts = [], corsOrigins = [], unsent: limits } = options;
  const { onAnswered } = options;
  const cors = createCors(corsOrigins, options.controlOrigins);
  const admit = createAdmission(createHostCheck(host, allowedHosts), cors);
  const guard = createControlGuard(options.controlToken);
  const bodies = new BodyReader(bodyLimit);
  const unsent = new Unsent(limits);

  /** Operations that requests began, where somebody is told of requests. */
  const begun = new WeakMap<ServerResponse, string | undefined>();

  /** Those that were answered in the form of HTTP/1.0. */
  const oldAnswers = new WeakSet<ServerResponse>();

  function tell(response: ServerResponse, tellOf: (request: AnsweredRequest) => void): void {
    const began = performance.now();
    response.once('close', () => {
      const { method = 'GET', url: target = '/' } = response.req;
      const left = response.writableFinished || oldAnswers.has(response);
      const status = left ? response.statusCode : undefined;
      const operation = begun.get(response);
      tellOf({ method, target, status, durationMs: performance.now() - began, operation });
    });
  }

  function answer(response: ServerResponse, made: PlainAnswer): void {
    const { answers } = simulator.world().choices;
    if (answers.delayMs === 0) leave(response, made, answers);
    else setTimeout(leave, answers.delayMs, response, made, answers);
  }

  function leave(response: ServerResponse, made: PlainAnswer, form: AnswerForm): void {
    unanswered.count -= 1;
    if (onAnswered !== undefined) begun.set(response, headerOf(made, headerNames.operationId));
    if (made.cut === true) {
      response.req.socket.destroy();
      return;
    }
    // Node does not know that it has left.
    if (form.version === '1.0') oldAnswers.add(response);
    writeAnswer(response, made, unanswered.ending, unsent, form);
  }

  function handle(request: PlainRequest, response: ServerResponse): void {
    if (isVisit(request)) {
      answer(response, toPage);
      return;
    }
    const answered = isOfPage(request.path) ? page(request) : simulator.handle(request);
    if (answered instanceof Promise) {
      void answered.then((made) => {
        answer(response, made);
      });
      return;
    }
    answer(response, answered);
  }

  /** The page to look at; its files are read when somebody looks. */
  async function page(request: PlainRequest): Promise<PlainAnswer> {
    const { pageAnswer } = await import('../page/page-files.ts');
    return (await pageAnswer(request)) ?? (await simulator.handle(request));
  }

  function refuse(incoming: ServerRequest, response: ServerResponse, error: ApiError): void {
    unanswered.count -= 1;
    refuseAndCut(incoming, response, errorAnswer(error));
  }

  return ({ scheme, origin }) => {
    const originOf = createOrigins(scheme, origin);
    return (incoming, response) => {
      unanswered.count += 1;
      if (onAnswered !== undefined) tell(response, onAnswered);
      const { headers, method = 'GET' } = incoming;
      const announced = Number(headers['content-length'] ?? 0);
      const hasBody = announced > 0 || headers['transfer-encoding'] !== undefined;
      const target = readTarget(incoming.url);
      const { path, authority } = target;
      const arrival: Arrival = { method, path, authority, headers, hasBody };
      const problem = bodies.refuses(announced)
        ? errors.tooLarge(bodyLimit)
        : (admit(arrival) ?? (method === 'OPTIONS' ? undefined : guard(path, headers.authorization)));
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
        handle(plainRequest(incoming, target, originOf, ''), response);
        return;
      }
      bodies.read(incoming, (body, why) => {
        if (body !== undefined) handle(plainRequest(incoming, target, originOf, body), response);
        else if (why === 'gone') unanswered.count -= 1;
        else refuse(incoming, response, why === 'no-room' ? errors.noRoom() : errors.tooLarge(bodyLimit));
      });
    };
  };
}
