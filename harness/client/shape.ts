import type { WireRequest } from '../answer.ts';

/** What makes two requests the same to whoever answers them systematically: method, path without ids, names of parameters, what is preferred. */
export function shapeOf({ method, url, headers }: WireRequest): string {
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
  return `${method} ${path}?${parameters} [${named}]${anonymous}`;
}
