/** The message of whatever was thrown. */
export function reasonInWords(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

/** One cause for which a target is not reached: how its error reads, and what to do. */
interface Cause {
  readonly pattern: RegExp;
  readonly advice: string;
  /** Whether a target that is starting shows it as well. */
  readonly passes?: true;
  /** Whether it is a fault of the certificate. */
  readonly certificate?: true;
}

const causes: readonly Cause[] = [
  {
    pattern: /ECONNREFUSED/,
    advice: 'Nothing listens there: is it started, and is the port right?',
    passes: true,
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    advice: 'The host name is not known: check its spelling and the network.',
    passes: true,
  },
  {
    pattern: /EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN/,
    advice: 'There is no way to that host: check the address, the network and the VPN.',
    passes: true,
  },
  {
    pattern: /ALTNAME/i,
    advice:
      'Its certificate is made for another host name, so that trusting it does not help: set target.url to a name that the certificate has, or have one made for this name.',
    certificate: true,
  },
  {
    pattern: /CERT_HAS_EXPIRED|certificate has expired/i,
    advice: 'Its certificate has expired: have it renewed, and check the clock of this machine.',
    certificate: true,
  },
  {
    pattern: /CERT_NOT_YET_VALID|not yet valid/i,
    advice: 'Its certificate is not valid yet: check the clocks of the target and of this machine.',
    certificate: true,
  },
  {
    pattern: /SELF_SIGNED|self.signed/i,
    advice:
      'Its certificate is self-signed, so it is not trusted: name its authority in NODE_EXTRA_CA_CERTS.',
    certificate: true,
  },
  {
    pattern: /UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/i,
    advice:
      'Its certificate is not trusted, since its authority is not known here: name its authority in NODE_EXTRA_CA_CERTS, or let the target send the whole chain.',
    certificate: true,
  },
  {
    pattern: /CERT|certificate/i,
    advice: 'Its certificate is not trusted: name its authority in NODE_EXTRA_CA_CERTS.',
    certificate: true,
  },
  {
    pattern: /EPROTO|WRONG_VERSION|ssl/i,
    advice: 'It does not speak TLS: should the address begin with http:?',
  },
  {
    pattern: /no answer within/,
    advice: 'It takes the connection but does not answer in time.',
    passes: true,
  },
  {
    pattern: /ECONNRESET|EPIPE|other side closed|socket hang up/i,
    advice:
      'It closes the connection without an answer: is something behind that port, and should the address begin with https:?',
    passes: true,
  },
  { pattern: /HPE_|Parse Error/i, advice: 'The answer is not HTTP: is another service listening there?' },
];

function causeOf(reason: string): Cause | undefined {
  return causes.find(({ pattern }) => pattern.test(reason));
}

/** What to do about a target that could not be reached, by the error’s text. */
export function adviceFor(reason: string): string {
  return causeOf(reason)?.advice ?? 'Check target.url, the network and the proxy.';
}

/** Whether a target that is starting may be out of reach in this way, so that waiting may help. */
export function mayPass(reason: string): boolean {
  return causeOf(reason)?.passes ?? false;
}

/** Whether it is the certificate that is not accepted. */
export function isCertificateFault(reason: string): boolean {
  return causeOf(reason)?.certificate ?? false;
}
