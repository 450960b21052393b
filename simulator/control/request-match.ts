import type { PlainRequest } from '../plain.ts';

/** Picks requests; what is not said matches all. */
export interface RequestMatch {
  readonly method?: string;
  /** The path without the query; `*` stands for any characters, e.g. `/api/data/v9.2/sample_*`. */
  readonly path?: string;
}

/** Makes the test of a match. */
export function matcherOf({
  method,
  path,
}: RequestMatch): (request: Pick<PlainRequest, 'method' | 'path'>) => boolean {
  const wanted = method?.toUpperCase();
  const pattern = path === undefined ? undefined : patternOf(path);
  return (request) =>
    (wanted === undefined || request.method === wanted) &&
    (pattern === undefined || pattern.test(request.path));
}

function patternOf(path: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Several stars in a row mean what one means, and would take long to match.
  return new RegExp(`^${path.split(/\*+/).map(literal).join('[^]*')}$`);
}
