import { createHash } from 'node:crypto';
import { readBytes } from '../files.ts';
import { readMetadata } from './metadata.ts';

/** A plug-in assembly as a file: what it is, which classes it has, and its bytes. */
export interface AssemblyFile {
  readonly name: string;
  /** Four numbers, e.g. `1.0.0.0`. */
  readonly version: string;
  /** `neutral`, or a culture's name. */
  readonly culture: string;
  /** Eight bytes in hexadecimal. */
  readonly publicKeyToken: string;
  /** Full names of the classes, e.g. `Bgop.Probe.ProbePlugin`. */
  readonly types: readonly string[];
  /** The bytes in Base64. */
  readonly content: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
}

/** A file that cannot be registered as plug-in assembly; the message says why and what to do. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}

/**
 * Reads a plug-in assembly from a file.
 *
 * @throws AssemblyError where it cannot be read, is no .NET assembly, or is not signed
 */
export async function readAssemblyFile(file: string): Promise<AssemblyFile> {
  const bytes = await readBytes(file).catch((error: unknown) => {
    throw new AssemblyError(error instanceof Error ? error.message : String(error));
  });
  return readAssembly(bytes, file);
}

/**
 * What a plug-in assembly says of itself. `file` is for messages.
 *
 * @throws AssemblyError where the bytes are no .NET assembly, or one that is not signed
 */
export function readAssembly(bytes: Uint8Array, file: string): AssemblyFile {
  const metadata = readMetadata(bytes);
  if (metadata === undefined) {
    throw new AssemblyError(
      `${file} is no .NET assembly. Wanted the DLL that the project in probe/ builds, see docs/probe.md.`,
    );
  }
  const { name, version, culture, publicKey, types } = metadata;
  if (publicKey.length === 0) {
    throw new AssemblyError(
      `${file} is not signed, and Dataverse registers signed plug-in assemblies only. Build it with a key file, see probe/README.md.`,
    );
  }
  return {
    name,
    version: version.join('.'),
    culture: culture === '' ? 'neutral' : culture,
    publicKeyToken: tokenOf(publicKey),
    types,
    content: Buffer.from(bytes).toString('base64'),
    hash: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** The last eight bytes of the key's SHA-1, backwards (ECMA-335, II.6.3). */
function tokenOf(publicKey: Uint8Array): string {
  return createHash('sha1').update(publicKey).digest().subarray(-8).reverse().toString('hex');
}
