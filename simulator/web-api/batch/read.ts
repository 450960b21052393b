import { boundaryOf, headed, splitMultipart, type MultipartPart } from './multipart.ts';

/** A request inside a batch, as its part writes it. */
export interface BatchRequest {
  readonly method: string;
  /** Absolute, relative to the host, relative to the service, or a reference such as `$1`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentId: string | undefined;
}

/** A step of a batch: one request, or the requests of a change set. */
export type BatchStep =
  | { readonly kind: 'request'; readonly request: BatchRequest }
  | { readonly kind: 'change-set'; readonly requests: readonly BatchRequest[] };

/** Requests that one batch may have. */
export const mostRequests = 1_000;

/** What is wrong with the text of a batch. */
export class BatchProblem extends Error {}

/**
 * Reads the body of a `$batch` request.
 *
 * @throws BatchProblem where it cannot be read, with what is wrong and what was expected
 */
export function readBatch(contentType: string | undefined, body: string): BatchStep[] {
  const steps = split(contentType, body, 'batch').map((part) => readStep(part));
  const count = steps.reduce((sum, step) => sum + (step.kind === 'request' ? 1 : step.requests.length), 0);
  if (count > mostRequests)
    throw new BatchProblem(`A batch may have ${mostRequests} requests, this one has ${count}.`);
  return steps;
}

function split(contentType: string | undefined, body: string, what: string): MultipartPart[] {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) {
    const found = contentType === undefined ? 'none' : `'${contentType.slice(0, 100)}'`;
    throw new BatchProblem(
      `The ${what} needs the Content-Type multipart/mixed with a boundary of 1 to 70 characters, got ${found}.`,
    );
  }
  const parts = splitMultipart(body, boundary);
  if (parts === undefined)
    throw new BatchProblem(
      `The ${what} has to begin with '--${boundary}' and to end with '--${boundary}--'.`,
    );
  return parts;
}

function readStep(part: MultipartPart): BatchStep {
  const type = part.headers['content-type'];
  if (!/^multipart\/mixed\b/i.test(type ?? '')) return { kind: 'request', request: readRequest(part) };
  const requests = split(type, part.content, 'change set').map(readRequest);
  const reading = requests.find(({ method }) => method === 'GET');
  if (reading !== undefined)
    throw new BatchProblem(`A change set may not have GET requests: GET ${reading.url.slice(0, 100)}.`);
  return { kind: 'change-set', requests };
}

function readRequest(part: MultipartPart): BatchRequest {
  const type = part.headers['content-type'];
  if (!/^application\/http\s*(?:;|$)/i.test(type ?? ''))
    throw new BatchProblem(`A part needs the Content-Type application/http, got ${type ?? 'none'}.`);
  const text = part.content.replace(/^(?:\r?\n)+/, '');
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  const [, method, url] = /^([A-Za-z]+) +(\S.*?) +HTTP\/\d(?:\.\d)?$/.exec(line) ?? [];
  if (method === undefined || url === undefined)
    throw new BatchProblem(
      `A part has to begin with a request line such as 'GET /api/data/v9.2/WhoAmI HTTP/1.1', got '${line.slice(0, 100)}'.`,
    );
  const { headers, content } = headed(end < 0 ? '' : text.slice(end + 1));
  return {
    method: method.toUpperCase(),
    url,
    headers,
    body: content.trim(),
    contentId: part.headers['content-id'] ?? headers['content-id'],
  };
}
