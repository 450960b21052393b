import type { Evidence, Exchange, HeaderFields } from '../../../record/evidence.ts';

/** Exchanges as an HTTP archive (HAR 1.2), for a browser's or a proxy's tools. */
export function harOf(evidence: readonly Evidence[], creator: { name: string; version: string }): string {
  const entries = evidence.filter((piece) => piece.kind === 'exchange').map(entry);
  return JSON.stringify({ log: { version: '1.2', creator, entries } }, null, 2);
}

function entry({ at, durationMs, request, response, error }: Exchange): unknown {
  return {
    startedDateTime: at,
    time: durationMs,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fields(request.headers),
      queryString: query(request.url),
      headersSize: -1,
      bodySize: size(request.body?.text),
      ...(request.body === undefined
        ? {}
        : { postData: { mimeType: value(request.headers, 'content-type'), text: request.body.text } }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fields(response?.headers ?? []),
      content: {
        size: response?.body?.cut?.bytes ?? size(response?.body?.text),
        mimeType: value(response?.headers ?? [], 'content-type'),
        text: response?.body?.text ?? '',
      },
      redirectURL: value(response?.headers ?? [], 'location'),
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(error === undefined ? {} : { comment: error }),
  };
}

function fields(headers: HeaderFields): unknown[] {
  return headers.map(([name, text]) => ({ name, value: text }));
}

function query(url: string): unknown[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, text]) => ({ name, value: text }));
}

function value(headers: HeaderFields, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

function size(text: string | undefined): number {
  return text === undefined ? 0 : new TextEncoder().encode(text).length;
}
