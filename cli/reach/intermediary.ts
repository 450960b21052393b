import { excerpt } from '../../harness/mask/excerpt.ts';
import type { Answer } from '../../harness/answer.ts';

/** An answer that comes from something in front of a target, or from a target that cannot serve now. */
export interface Interception {
  /** What was answered, by whom, in one sentence without its end. */
  readonly told: string;
  readonly advice: string;
  /** Whether waiting may help: true for a gateway whose target is starting. */
  readonly passes: boolean;
}

/** Statuses of gateways that do not reach what is behind them; 520 to 530 are Cloudflare’s. */
const gatewayStatuses: ReadonlySet<number> = new Set([
  502,
  503,
  504,
  ...Array.from({ length: 11 }, (_, i) => 520 + i),
]);

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A sign-in page, by the address that leads to it or by its title. */
const signIn = /log[- ]?in|sign[- ]?in|oauth|\bsso\b|\/auth|authori[sz]e|adfs|saml/i;

/**
 * Tells what stands between the suite and the target: a redirect, a gateway, a proxy that wants to be
 * signed in to, a page of HTML. Undefined for an answer that may be the target’s own.
 */
export function interceptionOf(answer: Answer): Interception | undefined {
  return (
    redirectOf(answer) ??
    (answer.status === 407
      ? {
          told: `${what(answer)} answered 407: the proxy wants to be signed in to`,
          advice: 'Put user and password into HTTPS_PROXY or HTTP_PROXY, or name the target in NO_PROXY.',
          passes: false,
        }
      : undefined) ??
    (gatewayStatuses.has(answer.status) ? unreached(answer) : undefined) ??
    (isHtml(answer) ? page(answer) : undefined)
  );
}

function redirectOf(answer: Answer): Interception | undefined {
  const location = answer.header('Location');
  if (!redirects.has(answer.status) || location === undefined) return undefined;
  const told = `${what(answer)} is redirected: ${answer.status}, Location: ${location}${signature(answer)}`;
  if (signIn.test(location)) {
    return {
      told,
      advice:
        'A sign-in page stands in front of the target: let the suite pass it (target.auth with a token that it takes, or an address behind it).',
      passes: false,
    };
  }
  const to = URL.parse(location, answer.request.url);
  return {
    told,
    advice: `The suite follows no redirects: set target.url to the address that the target itself answers at${to === null || to.origin === new URL(answer.request.url).origin ? '' : `, perhaps ${to.origin}`}.`,
    passes: false,
  };
}

function unreached(answer: Answer): Interception {
  const wait = answer.header('Retry-After');
  const asks = wait === undefined ? '' : `, Retry-After: ${wait}`;
  return {
    told: `a gateway in front of the target, or a target that cannot serve, answered ${answer.status} to ${what(answer)}${asks}${signature(answer)}`,
    advice:
      'Is the target behind it running? Give it time by --wait SECONDS, or look at what the gateway logs.',
    passes: true,
  };
}

/** So much of a page is looked at: whoever sends it could make a search in all of it take hours. */
const startOfPage = 50_000;

function page(answer: Answer): Interception {
  const title = /<title[^>]{0,200}>([^<]{1,120})/i
    .exec(answer.body.slice(0, startOfPage))?.[1]
    ?.trim()
    .replaceAll(/\s+/g, ' ');
  const named = title === undefined || title === '' ? '' : ` titled "${title}"`;
  return {
    told: `${what(answer)} is answered with a page of HTML${named} (${answer.status}), which no Web API does${signature(answer)}`,
    advice: asksToSignIn(answer, title)
      ? 'A sign-in page stands in front of the target: let the suite pass it, or set target.url to the address behind it.'
      : 'A gateway, a maintenance page or another site answers: check target.url, and give a target that is starting time by --wait SECONDS.',
    passes: true,
  };
}

/** A page whose title says so, one with a field for a password, or that of a network which wants to know who uses it. */
function asksToSignIn({ status, body }: Answer, title = ''): boolean {
  return status === 511 || signIn.test(title) || hasPassword.test(body.slice(0, startOfPage));
}

const hasPassword = /<input[^>]{0,300}\btype\s{0,9}=\s{0,9}["']?password/i;

/** Whether an answer is a page for people. */
function isHtml({ mediaType, body }: Answer): boolean {
  if (mediaType === 'text/html' || mediaType === 'application/xhtml+xml') return body.trim() !== '';
  return /^\s*(<!doctype html|<html\b)/i.test(body);
}

function what({ request: { method, url } }: Answer): string {
  return `${method} ${URL.parse(url)?.pathname ?? url}`;
}

/** By which fields an intermediary makes itself known. */
function signature(answer: Answer): string {
  const fields = ['Server', 'Via', 'X-Powered-By', 'CF-RAY', 'X-Azure-Ref', 'X-Cache'];
  const said = fields.flatMap((name) => {
    const value = answer.header(name);
    return value === undefined ? [] : [`${name}: ${excerpt(value, 80)}`];
  });
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}
