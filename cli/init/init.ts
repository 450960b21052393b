import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileProblem } from '../../harness/file-problem.ts';
import { FileError, writeOutput } from '../../harness/files.ts';
import { parseConfig } from '../../harness/config.ts';
import { exit, UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { terminalAsker, type Asker } from './asker.ts';
import { configurationOf, secretsIn, type WrittenConfiguration } from './configuration.ts';
import { missingOptions, needlessOptions, type InitOptions } from './options.ts';
import { askFor } from './questions.ts';

/** The options of `bgop init`, as commander gives them. */
export interface InitCommandOptions extends InitOptions {
  readonly output: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** The name under which every command finds a configuration by itself. */
const usualName = 'bgop.config.json';

/**
 * `bgop init`: writes a configuration, from options and, at a terminal, from answers.
 *
 * @param asker asks what the options leave open; undefined where nobody can be asked
 * @throws UsageError, ConfigError; UnfinishedError when it is cancelled or the file cannot be written
 */
export async function init(
  { output, yes = false, force = false, ...options }: InitCommandOptions,
  terminal: Terminal,
  asker: (() => Promise<Asker>) | undefined = atTerminal() ? terminalAsker : undefined,
): Promise<number> {
  if (path.extname(output) !== '.json')
    throw new UsageError(`--output ${output}: expected a name that ends in .json.`);
  if (!force && (await exists(output))) throw alreadyThere(output);
  const asks = yes ? undefined : await asker?.();
  if (!yes && asks === undefined) requireTarget(options);
  const told = asks === undefined ? options : await askFor(options, asks);
  const needless = needlessOptions(told);
  if (needless.length > 0) {
    throw new UsageError(
      `${needless.join(', ')}: the built-in simulator needs no such thing. Leave it out, or give --url or --image.`,
    );
  }
  const missing = missingOptions(told);
  if (missing.length > 0) {
    throw new UsageError(
      `${missing.join(', ')} must be given, too, or answered at a terminal without --yes.`,
    );
  }
  const written = configurationOf(told);
  parseConfig(written, { origin: output });
  await write(output, written, force);
  for (const line of nextSteps(output, written)) terminal.out(line);
  return exit.good;
}

/** Without a terminal nobody chooses what is tested: the suite must not fall back to testing itself. */
function requireTarget(options: InitOptions): void {
  if ((options.kind ?? options.url ?? options.image) !== undefined) return;
  const more = missingOptions({ ...options, kind: 'url' }).filter((name) => name !== '--url');
  const others = more.length === 0 ? '' : `, and ${more.join(', ')}`;
  throw new UsageError(
    `there is no terminal to ask at, and options are missing: --url ADDRESS (an implementation or a tenant), or --image NAME with --container-port PORT (a container), or --kind simulator (the built-in one)${others}. With --yes everything that is not given has its default.`,
  );
}

function atTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

async function write(file: string, value: WrittenConfiguration, force: boolean): Promise<void> {
  try {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    if (force) await writeOutput(file, text);
    else await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(file);
    throw new UnfinishedError(
      error instanceof FileError ? error.message : `${file} cannot be written: ${fileProblem(error)}.`,
    );
  }
}

function alreadyThere(file: string): UsageError {
  return new UsageError(`${file} is there already. Choose another --output, or overwrite it with --force.`);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function nextSteps(file: string, written: WrittenConfiguration): string[] {
  const config = path.basename(file) === file && file === usualName ? '' : ` --config ${file}`;
  const secrets = [...new Set(secretsIn(written))].map((name) => `  export ${name}=…`);
  return [
    `Wrote ${file}. Next:`,
    ...secrets,
    `  bgop doctor${config}          is the target ready?`,
    `  bgop verify${config} --plan   what would a run do to it?`,
    `  bgop verify${config}`,
  ];
}
