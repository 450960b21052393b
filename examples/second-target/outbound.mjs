/** HTTP requests that this server makes: to the probe's control URL, to callbacks, to webhooks. */
import http from 'node:http';
import https from 'node:https';

/**
 * POSTs JSON. Never rejects: the outcome is `{ status, text }`, or `{ failure, detail }` with
 * `failure` one of `address`, `time-out` and `connection`.
 *
 * Path and query go out as they were given, byte for byte: a normalised URL could break the
 * signature in it. Only what HTTP cannot carry (spaces, control characters, non-ASCII) is
 * percent-encoded. Nothing of the URL's user part is turned into credentials. Every request has a
 * connection of its own, so that a receiver that closes idle ones is not mistaken for one that is down.
 *
 * @param {string} url
 * @param {{ json: unknown, headers?: Record<string, string>, limit: number }} options  limit in real milliseconds
 */
export function post(url, { json, headers = {}, limit }) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ failure: 'time-out', detail: `no answer within ${limit / 1000} s` });
      request?.destroy();
    }, limit);
    const end = (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const broken = (error) => end({ failure: 'connection', detail: error.message });
    let request;
    try {
      const body = Buffer.from(JSON.stringify(json));
      request = target(url)({
        'content-type': 'application/json',
        'content-length': body.length,
        'user-agent': 'second-target',
        ...headers,
      });
      request.on('error', broken);
      request.on('response', (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', broken);
        response.on('end', () =>
          end({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      request.end(body);
    } catch (error) {
      end({ failure: 'address', detail: error.message });
    }
  });
}

function target(url) {
  const [, rest] = /^https?:\/\/[^/?#]*([^#]*)/i.exec(url) ?? [];
  if (rest === undefined) throw new Error(`'${url}' is not an http or https address`);
  const { protocol, hostname, port } = new URL(url);
  const path = (rest.startsWith('/') ? rest : `/${rest}`).replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
  const options = { method: 'POST', hostname: hostname.replace(/^\[|\]$/g, ''), port, path, agent: false };
  const send = protocol === 'https:' ? https.request : http.request;
  return (headers) => send({ ...options, headers });
}
