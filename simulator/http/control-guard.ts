import { createHash, timingSafeEqual } from 'node:crypto';
import { healthPath } from '../web-api/health.ts';
import type { ApiError } from '../web-api/errors.ts';

/** The page's own files, which tell nothing. */
const isOfPage = (path: string): boolean => path === '/simulator/' || path.startsWith('/simulator/page/');

const refusal: ApiError = {
  status: 401,
  code: '',
  message:
    'The control interface needs its token here: "Authorization: Bearer TOKEN". It was printed when the simulator started. --control-token TOKEN (or the environment variable BGOP_CONTROL_TOKEN) sets it, --no-control-token asks for none.',
};

/**
 * Makes the check that lets only those use the control interface who know its token. Undefined lets a request in; else
 * how it is refused. `false` is no token. Whether the simulator lives is told to everybody.
 */
export function createControlGuard(
  token: string | false,
): (path: string, authorization: string | undefined) => ApiError | undefined {
  if (token === false) return () => undefined;
  const wanted = digest(`Bearer ${token}`);
  return (path, authorization) => {
    if (!path.startsWith('/simulator/') || path === healthPath || isOfPage(path)) return undefined;
    // Digests have one length, and are compared in the same time whatever was sent.
    return timingSafeEqual(digest(authorization ?? ''), wanted) ? undefined : refusal;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
