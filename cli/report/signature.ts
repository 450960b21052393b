import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, flattenedVerify, FlattenedSign } from 'jose';
import { readText } from '../../harness/files.ts';
import { UsageError } from '../terminal.ts';

/** The environment variable with the private key, as PEM. */
export const signingKeyVariable = 'BGOP_SIGNING_KEY';

const howToMake =
  'Make a pair: openssl genpkey -algorithm ed25519 -out bgop.key && openssl pkey -in bgop.key -pubout -out bgop.pub';

/** How a key signs; undefined for a kind that is not used here. */
function algorithmOf(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA';
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return key.asymmetricKeyType === 'ec' && curve === 'prime256v1' ? 'ES256' : undefined;
}

/**
 * The key with which bundles are signed.
 *
 * @throws UsageError that never shows what the variable holds
 */
export function signingKey(environment: NodeJS.ProcessEnv = process.env): KeyObject {
  const text = environment[signingKeyVariable];
  if (text === undefined || text.trim() === '')
    throw new UsageError(
      `--sign needs a private key in the environment variable ${signingKeyVariable}, as PEM (PKCS#8, Ed25519 or P-256). ${howToMake}`,
    );
  let key: KeyObject;
  try {
    // Secret stores often keep line breaks as \\n.
    key = createPrivateKey(text.replaceAll('\\n', '\n'));
  } catch {
    throw new UsageError(
      `${signingKeyVariable} is not a private key. Wanted the text of a PEM file without passphrase (PKCS#8, Ed25519 or P-256). ${howToMake}`,
    );
  }
  if (algorithmOf(key) === undefined)
    throw new UsageError(
      `${signingKeyVariable} is a key of the kind ${key.asymmetricKeyType ?? 'unknown'}. Wanted Ed25519 or P-256. ${howToMake}`,
    );
  return key;
}

/** Signs a manifest: a JSON Web Signature (RFC 7515) in flattened form, with its payload left out. */
export async function sign(manifest: Uint8Array, key: KeyObject): Promise<string> {
  const { protected: header, signature } = await new FlattenedSign(manifest)
    .setProtectedHeader({ alg: algorithmOf(key) ?? '', kid: await thumbprint(createPublicKey(key)) })
    .sign(key);
  return `${JSON.stringify({ protected: header, signature })}\n`;
}

/**
 * A public key from a file.
 *
 * @throws UsageError, FileError
 */
export async function publicKey(file: string): Promise<KeyObject> {
  const text = await readText(file, { most: 1024 * 1024 });
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    throw new UsageError(`--public-key ${file}: not a public key. Wanted a PEM file (SPKI). ${howToMake}`);
  }
  if (algorithmOf(key) === undefined)
    throw new UsageError(
      `--public-key ${file}: a key of the kind ${key.asymmetricKeyType ?? 'unknown'}. Wanted Ed25519 or P-256.`,
    );
  return key;
}

/** What is wrong with the signature of a manifest; undefined where it is that of the key. */
export async function signatureProblem(
  manifest: Uint8Array,
  signature: string | undefined,
  key: KeyObject,
): Promise<string | undefined> {
  if (signature === undefined)
    return 'The bundle is not signed, and --public-key asks for a signature. Sign it when it is made: bgop report bundle --sign.';
  const told = parsed(signature);
  if (told === undefined) return 'The signature of the bundle is broken: it is not a JSON Web Signature.';
  const own = await thumbprint(key);
  if (told.kid !== undefined && told.kid !== own)
    return `The bundle was signed with another key (${told.kid}) than that of --public-key (${own}).`;
  try {
    const payload = Buffer.from(manifest).toString('base64url');
    await flattenedVerify({ ...told.jws, payload }, key, { algorithms: [algorithmOf(key) ?? ''] });
    return undefined;
  } catch {
    return 'The signature does not fit the manifest: the manifest was changed after it was signed, or it was signed with another key.';
  }
}

/** The name of a key that follows from the key itself (RFC 7638). */
export async function thumbprint(key: KeyObject): Promise<string> {
  return calculateJwkThumbprint(await exportJWK(key));
}

function parsed(
  text: string,
): { readonly jws: { protected: string; signature: string }; readonly kid: string | undefined } | undefined {
  try {
    const { protected: header, signature } = JSON.parse(text) as Record<string, unknown>;
    if (typeof header !== 'string' || typeof signature !== 'string') return undefined;
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Record<string, unknown>;
    return { jws: { protected: header, signature }, kid: typeof kid === 'string' ? kid : undefined };
  } catch {
    return undefined;
  }
}
