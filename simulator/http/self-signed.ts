import { createPrivateKey, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Longer is refused by some clients. */
const days = 397;

/**
 * Makes a certificate that vouches for itself, for a server of these names and addresses. It is not an authority:
 * whoever trusts it trusts nothing else with it.
 */
export async function selfSigned(names: readonly string[], now = Date.now()): Promise<Certificate> {
  // Loaded here: nobody else needs it.
  const { default: forge } = await import('node-forge');
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { pki, md } = forge;
  const made = pki.createCertificate();
  made.publicKey = pki.publicKeyFromPem(publicKey);
  // Positive, and in the shortest form, as DER has it: the first byte is neither 0 nor above 127.
  made.serialNumber = `4a${randomBytes(15).toString('hex')}`;
  // Clocks of containers and virtual machines may be a little behind.
  made.validity.notBefore = new Date(now - hour);
  made.validity.notAfter = new Date(now + days * day);
  const subject = [
    { name: 'commonName', value: names[0] ?? 'localhost' },
    { name: 'organizationName', value: 'bgop simulate' },
  ];
  made.setSubject(subject);
  made.setIssuer(subject);
  made.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map(alternativeName) },
    { name: 'subjectKeyIdentifier' },
  ]);
  made.sign(pki.privateKeyFromPem(privateKey), md.sha256.create());
  return { cert: pki.certificateToPem(made), key: privateKey };
}

function alternativeName(name: string): object {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}

/** Tells whether a certificate is good for all names for a while, and the key is its own. */
export function isGoodFor({ cert, key }: Certificate, names: readonly string[], now = Date.now()): boolean {
  try {
    const read = new X509Certificate(cert);
    const named = names.every((name) =>
      isIP(name) === 0 ? read.checkHost(name) !== undefined : read.checkIP(name) !== undefined,
    );
    const inTime = Date.parse(read.validFrom) <= now && now + day < Date.parse(read.validTo);
    return named && inTime && read.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
