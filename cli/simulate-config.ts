import { creationProblem } from '../harness/file-problem.ts';
import { writeOutput } from '../harness/files.ts';
import type { RunningServer } from '../simulator/server.ts';
import { generatedToken } from './generated-token.ts';
import { UsageError } from './terminal.ts';

/** The options of `bgop simulate` that say what `--write-config` writes. */
interface ConfigOptions {
  readonly writeConfig?: string;
  readonly clock: 'real' | 'virtual';
}

/**
 * Writes the configuration of `--write-config`, if there is one.
 *
 * @throws UsageError for a file that cannot be written; the server is closed then
 */
export async function writeConfig(server: RunningServer, options: ConfigOptions): Promise<void> {
  const { writeConfig: file } = options;
  if (file === undefined) return;
  try {
    await writeForOwner(file, `${JSON.stringify(configFor(server, options), null, 2)}\n`);
  } catch (error) {
    await server.close();
    const why = error instanceof Error ? creationProblem(file, error.cause ?? error) : String(error);
    throw new UsageError(
      `--write-config ${file}: the file cannot be written: ${why}. Name a file that you may write to.`,
    );
  }
}

/** A configuration with which `bgop verify --config FILE` reaches this simulator and can use all of it. */
function configFor({ url, users, controlToken }: RunningServer, { clock }: ConfigOptions): unknown {
  const user = (name: string) => {
    const token = generatedToken(users, name);
    return { kind: 'simulator-user', user: name, ...(token === undefined ? {} : { token }) };
  };
  const virtual = { kind: 'virtual', url: '/simulator/clock' };
  return {
    target: {
      name: 'bgop simulate',
      kind: 'url',
      url,
      auth: user('initiator'),
      otherUserAuth: user('other'),
      unprivilegedAuth: user('unprivileged'),
      clock:
        clock === 'real'
          ? { kind: 'real' }
          : { ...virtual, ...(controlToken === undefined ? {} : { token: controlToken }) },
      events: { kind: 'webhook-step', callbackRegistrations: true },
      sdk: true,
      echo: 'sample_Echo',
    },
  };
}

/** Writes a file that only its owner can read: it may hold tokens that nobody else is to know. */
async function writeForOwner(file: string, text: string): Promise<void> {
  const usual = process.umask(0o077);
  try {
    await writeOutput(file, text);
  } finally {
    process.umask(usual);
  }
}
