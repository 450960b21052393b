import { createHash } from 'node:crypto';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { maskText } from '../harness/mask.ts';
import { readArchive } from './archive.ts';
import { readResult } from './read-result.ts';
import { render } from './render.ts';
import { summarise } from './summarise.ts';

/** Files by name, relative to the report or the archive. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** What stands in `manifest.json` of a bundle. */
interface Manifest {
  readonly bundleVersion: 1;
  readonly createdAt: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** What goes into a bundle. */
export interface BundleInput {
  /** Reports by the name of their folder in the archive: result files, evidence, whatever belongs to them. */
  readonly files: Files;
  /** The configuration; members that look like secrets are taken out. */
  readonly configuration?: unknown;
  /** Versions of whatever matters, e.g. suite, catalogue, Node. */
  readonly versions: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

const manifestName = 'manifest.json';

/** The signature of the manifest, where there is one. */
const signatureName = 'manifest.json.jws';

/** Packs reports into one zip archive, with hashes, from which every page can be made again. The same input gives the same bytes. */
export function bundle(input: BundleInput): Uint8Array {
  const { manifest, files } = prepare(input);
  return pack(files, manifest, input.createdAt);
}

/** The same, with the manifest signed, and so every file that its hashes stand for. */
export async function signedBundle(
  input: BundleInput,
  sign: (manifest: Uint8Array) => Promise<string>,
): Promise<Uint8Array> {
  const { manifest, files } = prepare(input);
  return pack(files, manifest, input.createdAt, await sign(manifest));
}

function prepare({ files, configuration, versions, createdAt }: BundleInput): {
  manifest: Uint8Array;
  files: Files;
} {
  const all: Record<string, Uint8Array> = { ...files };
  if (configuration !== undefined) {
    all['configuration.json'] = strToU8(`${JSON.stringify(withoutSecrets(configuration), null, 2)}\n`);
  }
  const manifest: Manifest = {
    bundleVersion: 1,
    createdAt,
    versions,
    files: Object.fromEntries(
      Object.keys(all)
        .sort()
        .map((name) => [name, described(all[name] ?? new Uint8Array())]),
    ),
  };
  return { manifest: strToU8(`${JSON.stringify(manifest, null, 2)}\n`), files: all };
}

function pack(files: Files, manifest: Uint8Array, createdAt: string, signature?: string): Uint8Array {
  const packed = {
    [manifestName]: manifest,
    ...(signature === undefined ? {} : { [signatureName]: strToU8(signature) }),
    ...files,
  };
  // A fixed time of change, within what the format can say.
  return zipSync(packed, {
    level: 6,
    mtime: new Date(Math.max(Date.parse(createdAt), Date.UTC(1980, 0, 2))),
  });
}

function described(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const secretName = /(secret|token|pass|passw(?:or)?d|pwd|passphrase|key|signature|sas)$/i;

/**
 * A configuration without values whose name says that they are secret, and without all values that a container
 * gets in its environment, since no name there says for sure; names of environment variables stay.
 */
export function withoutSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return secretName.test(name) ? '«masked»' : maskText(withoutCredentials(value));
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'env' ? withoutValues(member) : withoutSecrets(member, key),
    ]),
  );
}

/** Names with nothing but masks behind them. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (typeof value !== 'object' || value === null) return '«masked»';
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutValues(member)]));
}

function withoutCredentials(text: string): string {
  return text.replace(/^(\w+:\/\/)[^/@\s]+@/, '$1«masked»@');
}

/** What verification found; a bundle without problems matches its manifest. */
export interface Verification {
  readonly manifest?: Manifest;
  /** The manifest as it was packed, and its signature where it has one. */
  readonly signed?: { readonly manifest: Uint8Array; readonly signature?: string };
  readonly results: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Checks a bundle: every file is there, unchanged, and no other; every result can be read, adds up,
 * and its page can be made again.
 */
export function verifyBundle(archive: Uint8Array): Verification {
  const unpacked = unpack(archive);
  if (typeof unpacked === 'string') return { results: [], problems: [unpacked] };
  const manifest = readManifest(unpacked[manifestName]);
  if (typeof manifest === 'string') return { results: [], problems: [manifest] };
  const names = Object.keys(unpacked).filter(
    (name) => name !== manifestName && name !== signatureName && !name.endsWith('/'),
  );
  const results = names.filter((name) => /(^|\/)conformance\.json$/.test(name));
  const problems = [
    ...Object.entries(manifest.files).flatMap(([name, expected]) =>
      fileProblem(name, unpacked[name], expected),
    ),
    ...names
      .filter((name) => !Object.hasOwn(manifest.files, name))
      .map((name) => `${name} is not in the manifest.`),
    ...(results.length === 0 ? ['The bundle holds no result (conformance.json).'] : []),
    ...results.flatMap((name) => resultProblem(name, unpacked[name] ?? new Uint8Array())),
  ];
  const signature = unpacked[signatureName];
  const signed = {
    manifest: unpacked[manifestName] ?? new Uint8Array(),
    ...(signature === undefined ? {} : { signature: strFromU8(signature) }),
  };
  return { manifest, signed, results, problems };
}

/** The files of a bundle, or what keeps it from being unpacked. */
export function unpack(archive: Uint8Array): Files | string {
  const files = readArchive(archive);
  return typeof files === 'string' ? `The file is not a bundle: ${files}.` : files;
}

function readManifest(bytes: Uint8Array | undefined): Manifest | string {
  if (bytes === undefined) return `The file is not a bundle: it has no ${manifestName}.`;
  try {
    const manifest = JSON.parse(strFromU8(bytes)) as Partial<Manifest>;
    if (manifest.bundleVersion !== 1)
      return `The bundle has version ${String(manifest.bundleVersion)}; this version reads 1.`;
    if (typeof manifest.files === 'object' && manifest.files !== null) return manifest as Manifest;
  } catch {
    // Falls through to the same answer as a manifest without files.
  }
  return `${manifestName} of the bundle is broken.`;
}

function fileProblem(
  name: string,
  bytes: Uint8Array | undefined,
  expected: Manifest['files'][string],
): string[] {
  if (bytes === undefined) return [`${name} is missing.`];
  return described(bytes).sha256 === expected.sha256 ? [] : [`${name} was changed: its SHA-256 is another.`];
}

function resultProblem(name: string, bytes: Uint8Array): string[] {
  try {
    const result = readResult(strFromU8(bytes), name);
    render(result);
    const counted = JSON.stringify(summarise(result.clauses));
    return counted === JSON.stringify({ ...summarise([]), ...result.summary })
      ? []
      : [`${name}: the summary does not add up.`];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
