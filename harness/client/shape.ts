import type { WireRequest } from '../answer.ts';

/** Each layer that a request goes through asks for its shape. */
const known = new WeakMap<WireRequest, string>();

/** What makes two requests the same to whoever answers them systematically: method, path without ids, names of parameters, what is preferred. */
export function shapeOf(request: WireRequest): string {
  let shape = known.get(request);
  if (shape === undefined) known.set(request, (shape = seenIn(request)));
  return shape;
}

function seenIn({ method, url, headers, body }: WireRequest): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '*').replaceAll(/\d{3,}/g, '*');
  const parameters = [...new Set(searchParams.keys())].sort().join('&');
  const named = headers
    .filter(([name]) => !/^(?:authorization|accept-encoding)$/i.test(name))
    .map(([name, value]) => (/^prefer$/i.test(name) ? `${name}=${value.split(';', 1)[0] ?? ''}` : name))
    .sort()
    .join(',')
    .toLowerCase();
  const anonymous = headers.some(([name]) => /^authorization$/i.test(name)) ? '' : ' anonymous';
  return `${method} ${path}?${parameters} [${named}]${messagesIn(headers, body)}${anonymous}`;
}

/** All of the organization service has one address: there the messages in a body make the difference. */
function messagesIn(headers: WireRequest['headers'], body = ''): string {
  const action = headers.find(([name]) => /^soapaction$/i.test(name))?.[1];
  if (action === undefined) return '';
  const names = [...body.matchAll(/RequestName>([^<]*)</g)].map(([, name]) => name);
  return ` ${[action.replace(/^.*\//, '').replace('"', ''), ...names].join(' ')}`;
}
