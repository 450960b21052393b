import { describe, expect, it } from 'vitest';
import { adviceFor, isCertificateFault, mayPass } from './advice.ts';

describe('the advice on a target that is not reached', () => {
  it.each([
    ['connect ECONNREFUSED 127.0.0.1:9 (ECONNREFUSED)', 'Nothing listens there', true, false],
    ['getaddrinfo ENOTFOUND nowhere.invalid (ENOTFOUND)', 'host name is not known', true, false],
    ['connect EHOSTUNREACH 10.0.0.1:443 (EHOSTUNREACH)', 'no way to that host', true, false],
    [
      "Hostname/IP does not match certificate's altnames: Host: a.test. (ERR_TLS_CERT_ALTNAME_INVALID)",
      'another host name',
      false,
      true,
    ],
    ['certificate has expired (CERT_HAS_EXPIRED)', 'has expired', false, true],
    ['certificate is not yet valid (CERT_NOT_YET_VALID)', 'not valid yet', false, true],
    ['self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)', 'self-signed', false, true],
    [
      'unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      'authority is not known',
      false,
      true,
    ],
    ['certificate revoked (CERT_REVOKED)', 'is not trusted', false, true],
    ['write EPROTO … wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)', 'begin with http:', false, false],
    ['GET http://a.test/: no answer within 30 s', 'does not answer in time', true, false],
    ['other side closed (UND_ERR_SOCKET)', 'without an answer', true, false],
    ['something else', 'Check target.url', false, false],
  ])('of "%s" says "%s"', (reason, advice, passes, certificate) => {
    expect(adviceFor(reason)).toContain(advice);
    expect([mayPass(reason), isCertificateFault(reason)]).toEqual([passes, certificate]);
  });

  it('names an authority only where that helps', () => {
    expect(adviceFor('ERR_TLS_CERT_ALTNAME_INVALID')).not.toContain('NODE_EXTRA_CA_CERTS');
    expect(adviceFor('CERT_HAS_EXPIRED')).not.toContain('NODE_EXTRA_CA_CERTS');
    expect(adviceFor('SELF_SIGNED_CERT_IN_CHAIN')).toContain('NODE_EXTRA_CA_CERTS');
  });
});
