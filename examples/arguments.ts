import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What the arguments of an example come to: it runs, or says something and ends with a status. */
type Read = { readonly picture: string | undefined } | { readonly status: 0 | 2; readonly says: string };

/**
 * Reads the arguments of an example.
 *
 * @param command how it is called, as its help shows it
 * @param draws whether it takes `--picture FILE`
 */
export function readArguments(args: readonly string[], command: string, draws: boolean): Read {
  const usage = draws
    ? `Usage: ${command} -- [--picture FILE]\n  --picture FILE  draws the run as SVG`
    : `Usage: ${command}\n  It takes no arguments.`;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        ...(draws ? { picture: { type: 'string' } } : {}),
      } as { help: { type: 'boolean'; short: string }; picture: { type: 'string' } },
    });
    if (values.help === true) return { status: 0, says: usage };
    if (values.picture !== undefined) checkWritable(values.picture);
    return { picture: values.picture };
  } catch (error) {
    return { status: 2, says: `${(error as Error).message}\n${usage}` };
  }
}

/** The file that `--picture` names, of this process; ends it where its arguments ask for help or cannot be followed. */
export function pictureOf(command: string, draws = true): string | undefined {
  const read = readArguments(process.argv.slice(2), command, draws);
  if (!('status' in read)) return read.picture;
  (read.status === 0 ? console.log : console.error)(read.says);
  process.exit(read.status);
}

/** Throws where no file of this name can be written. */
function checkWritable(file: string): void {
  const absolute = path.resolve(file);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile())
    throw new Error(`--picture has to name a file, and '${file}' is none.`);
  const folder = path.dirname(absolute);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`--picture: there is no folder ${folder}. Make it first, or name another file.`);
  accessSync(found === undefined ? folder : absolute, constants.W_OK);
}
