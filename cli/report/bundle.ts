import { createPublicKey } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../harness/config.ts';
import { codeOf, fileProblem } from '../../harness/file-problem.ts';
import { readBytes, writeOutput } from '../../harness/files.ts';
import {
  bundle,
  signedBundle,
  unpack,
  verifyBundle,
  type Files,
  type Verification,
} from '../../reports/bundle.ts';
import { reportContents } from '../../reports/bundle-files.ts';
import { suiteIdentity } from '../package.ts';
import { UsageError, type Terminal } from '../terminal.ts';
import { loadResult } from './result-file.ts';

/** The options of `bgop report bundle`, as commander gives them. */
export interface BundleOptions {
  readonly output: string;
  readonly config?: string;
  /** Sign the manifest with the key in the environment. */
  readonly sign?: boolean;
}

/** `bgop report bundle`: reports, configuration without secrets, versions and hashes in one archive. */
export async function bundleReports(
  directories: readonly string[],
  { output, config, sign: signs = false }: BundleOptions,
  terminal: Terminal,
): Promise<number> {
  const key = signs ? (await import('./signature.ts')).signingKey() : undefined;
  const files: Record<string, Uint8Array> = {};
  let createdAt = '';
  const versions: Record<string, string> = { packedBy: suiteIdentity().version };
  for (const [index, directory] of directories.entries()) {
    const { run, suite, catalogue } = await loadResult(directory);
    // The time of the newest run, not of packing: the same reports give the same archive.
    if (run.startedAt > createdAt) createdAt = run.startedAt;
    versions['suite'] = suite.version;
    if (catalogue !== undefined) versions['catalogue'] = catalogue.version;
    Object.assign(files, await reportContents(directory, folderFor(directory, index, directories.length)));
  }
  const configuration = config === undefined ? undefined : await loadConfig({ file: config });
  const input = { files, ...(configuration === undefined ? {} : { configuration }), versions, createdAt };
  const told = `${Object.keys(files).length} files`;
  if (key === undefined) {
    const archive = bundle(input);
    await writeOutput(output, archive);
    terminal.out(`Written: ${output} (${told}, ${archive.length} bytes)`);
    return 0;
  }
  const { sign, thumbprint } = await import('./signature.ts');
  const archive = await signedBundle(input, (manifest) => sign(manifest, key));
  await writeOutput(output, archive);
  const kid = await thumbprint(createPublicKey(key));
  terminal.out(`Written: ${output} (${told}, ${archive.length} bytes), signed with the key ${kid}`);
  return 0;
}

function folderFor(directory: string, index: number, count: number): string {
  return count === 1 ? 'report/' : `${index + 1}-${path.basename(path.resolve(directory))}/`;
}

/** The options of `bgop report verify-bundle`, as commander gives them. */
export interface VerifyBundleOptions {
  readonly extract?: string;
  /** File of the key with which the bundle must be signed. */
  readonly publicKey?: string;
}

/** `bgop report verify-bundle`: 0 when the bundle matches its manifest, and its signature where one is asked for, else 1. */
export async function checkBundle(
  file: string,
  { extract, publicKey }: VerifyBundleOptions,
  terminal: Terminal,
): Promise<number> {
  const archive = await readBytes(file);
  const verification = verifyBundle(archive);
  const problems = [...verification.problems, ...(await signatureProblems(verification, publicKey))];
  for (const problem of problems) terminal.out(problem);
  if (problems.length > 0) return 1;
  terminal.out(`${file} matches its manifest: ${verification.results.join(', ')}`);
  terminal.out(originOf(verification, publicKey));
  if (extract !== undefined) await extractTo(extract, unpack(archive), terminal);
  return 0;
}

async function signatureProblems({ signed }: Verification, file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  const { publicKey, signatureProblem } = await import('./signature.ts');
  const key = await publicKey(file);
  // Without a manifest there is nothing to sign, and that was said.
  if (signed === undefined) return [];
  const problem = await signatureProblem(signed.manifest, signed.signature, key);
  return problem === undefined ? [] : [problem];
}

/** A manifest proves that nothing was damaged; only a signature proves who made it. */
function originOf({ signed }: Verification, publicKey: string | undefined): string {
  if (publicKey !== undefined) return `Its signature is that of the key in ${publicKey}.`;
  return signed?.signature === undefined
    ? 'It is not signed: who made it is not known.'
    : 'It is signed; the signature was not checked, since no --public-key was given.';
}

async function extractTo(directory: string, files: Files | string, terminal: Terminal): Promise<void> {
  if (typeof files === 'string') throw new UsageError(files);
  const root = path.resolve(directory);
  await requireEmpty(root);
  for (const [name, bytes] of Object.entries(files)) {
    const target = path.resolve(root, name);
    // An archive may have been made by anybody: nothing of it leaves the directory.
    if (!target.startsWith(`${root}${path.sep}`))
      throw new UsageError(`${name} would be written outside of ${root}.`);
    if (name.endsWith('/')) continue;
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, bytes, { flag: 'wx' });
    } catch (error) {
      throw new UsageError(`--extract ${directory}: ${name} cannot be written: ${fileProblem(error)}.`);
    }
  }
  terminal.out(`Extracted: ${directory}`);
}

/** What is there already may be somebody else's, or a link that leads away. */
async function requireEmpty(root: string): Promise<void> {
  const found = await readdir(root).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new UsageError(`--extract ${root}: ${fileProblem(error)}. Name a new folder, or an empty one.`);
  });
  if (found.length > 0)
    throw new UsageError(`--extract ${root}: it is not empty. Name a new folder, or an empty one.`);
}
