import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileProblem } from '../harness/file-problem.ts';
import { readText, writeOutput } from '../harness/files.ts';
import type { Certificate } from '../simulator/http/self-signed.ts';
import { UsageError } from './terminal.ts';

/** The options of `bgop simulate` that are about https. */
export interface TlsOptions {
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly tlsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  /** The folder that keeps the certificate; true for the usual one. */
  readonly selfSigned?: true | string;
}

/** Certificate and key, and the file that clients are to trust where the certificate was made here. */
export interface TlsFiles extends Certificate {
  readonly trust?: string;
}

/**
 * The certificate that the options name, or one made here; undefined for plain http.
 *
 * @throws UsageError for options that do not fit together, and for files that cannot be read or written
 */
export async function tlsOf(options: TlsOptions): Promise<TlsFiles | undefined> {
  const { tlsCert, tlsKey, tlsPort, selfSigned } = options;
  if (tlsCert === undefined && tlsKey === undefined) {
    if (selfSigned !== undefined) return await kept(selfSigned === true ? usualFolder : selfSigned, options);
    if (tlsPort === undefined) return undefined;
    throw new UsageError(
      '--tls-port needs a certificate. Add --self-signed to have one made, or --tls-cert and --tls-key.',
    );
  }
  if (selfSigned !== undefined) {
    throw new UsageError('--self-signed makes a certificate: leave out --tls-cert and --tls-key, or it.');
  }
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new UsageError('--tls-cert and --tls-key belong together: give both, as PEM files.');
  }
  return { cert: await readText(tlsCert), key: await readText(tlsKey) };
}

const usualFolder = 'bgop-certificate';

/** The certificate that a folder keeps, so that it has to be trusted once; made anew where it does not fit. */
async function kept(folder: string, { host, allowHost = [] }: TlsOptions): Promise<TlsFiles> {
  const { isGoodFor, selfSigned } = await import('../simulator/http/self-signed.ts');
  const trust = path.join(folder, 'simulator.crt');
  const keyFile = path.join(folder, 'simulator.key');
  const names = namesOf(host, allowHost);
  const old = await read(trust, keyFile);
  if (old !== undefined && isGoodFor(old, names)) return { ...old, trust };
  const made = await selfSigned(names);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeOutput(keyFile, made.key);
    await chmod(keyFile, 0o600);
    await writeOutput(trust, made.cert);
  } catch (error) {
    const why = error instanceof Error ? fileProblem(error.cause ?? error) : String(error);
    throw new UsageError(
      `--self-signed ${folder}: the certificate cannot be kept: ${why}. Name a folder that you may write to.`,
    );
  }
  return { ...made, trust };
}

async function read(cert: string, key: string): Promise<Certificate | undefined> {
  try {
    return { cert: await readText(cert), key: await readText(key) };
  } catch {
    return undefined;
  }
}

/** The loopback interface, the address listened on, and the names that requests may use. */
function namesOf(host: string, allowed: readonly string[]): readonly string[] {
  const own = /^(0\.0\.0\.0|::)$/.test(host) ? [] : [host];
  const named = allowed.filter((name) => name !== 'any' && name !== 'single-label');
  return [...new Set(['localhost', '127.0.0.1', '::1', ...own, ...named])];
}
