import { hash } from 'node:crypto';
import { maskHeaders, maskText } from '../harness/mask.ts';
import type { HeaderFields } from '../record/evidence.ts';
import { authorizationIn, asksCallbackWith, identityOf, secretIn } from './credential.ts';
import type { Credential, TrafficExchange } from './exchange.ts';

/** What a reader found, with whatever secrets the record has. */
export interface RawExchange {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly durationMs: number;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | undefined;
  /** 0 where no answer came; undefined where the record does not tell. */
  readonly status?: number | undefined;
  /** Why no answer came, where that is known better than by status 0. */
  readonly unanswered?: string | undefined;
  readonly answerHeaders?: HeaderFields | undefined;
  readonly answerBody?: string | undefined;
}

/** Characters of one body that are looked at. */
const longestBody = 1_000_000;

/** Credentials that are told apart at once: whoever records for weeks sees new tokens every hour. */
const mostCredentials = 50_000;

/** A value that somebody masked before: it tells nothing of whose it is. */
const maskedBefore = /^(?:[*•x.…]{3,}|\[?(?:masked|redacted|removed|secret|hidden).*|<.*>)$/i;

/** What stands there where a client had no token: nothing, or what its language makes of nothing. */
const noToken = /^(?:undefined|null|none|nil|nan|false|\[object \w+\])?$/i;

/** Takes exchanges in: numbers them, masks secrets, and tells credentials apart without keeping them. */
export class TakeIn {
  readonly #keys = new Map<string, string>();
  readonly #holders = new Map<string, string>();
  #credentials = 0;
  #number = 0;
  #file = -1;

  /** What follows comes from another file. */
  beginFile(): void {
    this.#file += 1;
  }

  /** The number of exchanges so far. */
  get count(): number {
    return this.#number;
  }

  /** An exchange of other traffic: of it only counts when it was, where it went, and with which credentials. */
  takeSlim({ from, durationMs, method, url, headers, status }: RawExchange): TrafficExchange {
    return this.take({
      from,
      durationMs,
      method,
      url: url.replace(/[?#].*$/s, ''),
      headers: headers.filter(isCredential),
      status,
    });
  }

  /** The exchange as rules read it. */
  take(raw: RawExchange): TrafficExchange {
    this.#number += 1;
    const { status } = raw;
    return {
      number: this.#number,
      file: Math.max(0, this.#file),
      from: raw.from,
      to: raw.from + Math.max(0, raw.durationMs),
      method: raw.method.toUpperCase(),
      url: maskText(raw.url),
      credential: this.#credentialIn(raw),
      request: { headers: maskHeaders(raw.headers), body: bodyOf(raw.body) },
      answer:
        status === undefined || status === 0
          ? undefined
          : { status, headers: maskHeaders(raw.answerHeaders ?? []), body: bodyOf(raw.answerBody) },
      ...unansweredIn(raw),
    };
  }

  #credentialIn({ headers, body = '' }: RawExchange): Credential | undefined {
    const credential = this.credentialOf(headers);
    const secret = secretIn(headers);
    // What masks a token may mask the signature in the callback's address, too.
    const isKnown = credential?.key !== undefined && secret !== undefined;
    return isKnown && asksCallbackWith(secret, headers, body)
      ? { ...credential, inCallback: true }
      : credential;
  }

  /** With what a request identifies its sender; a digest stands for the secret, and a name for the digest. */
  credentialOf(headers: HeaderFields): Credential | undefined {
    const sent = authorizationIn(headers);
    if (sent !== undefined) {
      const { scheme, secret } = sent;
      if (noToken.test(secret) || /^bearer$/i.test(secret)) return undefined;
      const within = /^"(.*)"$/s.exec(secret)?.[1];
      const token = within ?? secret;
      const holder = this.#holderOf(token);
      return {
        scheme,
        key: this.#keyOf(token),
        ...(within === undefined ? {} : { quoted: true }),
        ...(holder === undefined ? {} : { holder }),
      };
    }
    const cookie = headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1];
    return cookie === undefined ? undefined : { scheme: 'cookie', key: this.#keyOf(cookie) };
  }

  #holderOf(token: string): string | undefined {
    const identity = identityOf(token);
    if (identity === undefined) return undefined;
    const known = this.#holders.get(identity) ?? `holder ${this.#holders.size + 1}`;
    if (this.#holders.size < mostCredentials) this.#holders.set(identity, known);
    return known;
  }

  #keyOf(secret: string): string | undefined {
    if (maskedBefore.test(secret)) return undefined;
    const digest = hash('sha256', secret, 'base64');
    const known = this.#keys.get(digest);
    if (known !== undefined) return known;
    this.#credentials += 1;
    const key = `credential ${this.#credentials}`;
    this.#keys.set(digest, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > mostCredentials && oldest !== undefined) this.#keys.delete(oldest);
    return key;
  }
}

/** No sender gives up sooner, and all have after so long: in between nobody knows which of the two ended it. */
const impatientMs = 5_000;
const patientMs = 50_000;

/** Why no answer came; nothing where one came, or where the record does not tell. */
function unansweredIn({ status, unanswered, durationMs }: RawExchange): { unanswered?: string } {
  if (status !== 0) return {};
  if (unanswered !== undefined) return { unanswered };
  return durationMs >= impatientMs && durationMs < patientMs ? {} : { unanswered: 'no answer came' };
}

function bodyOf(body: string | undefined): string | undefined {
  if (body === undefined || body === '') return undefined;
  return maskText(body.length > longestBody ? body.slice(0, longestBody) : body);
}

function isCredential([name]: readonly [string, string]): boolean {
  return /^(?:authorization|cookie)$/i.test(name);
}
