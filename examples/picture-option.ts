import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The file that `--picture` names; ends the process where the arguments ask for help or cannot be followed.
 *
 * @param command how the example is called, as its help shows it
 */
export function pictureOption(command: string): string | undefined {
  const usage = `Usage: ${command} [--picture FILE]\n  --picture FILE  draws the run as SVG`;
  try {
    const options = { picture: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values } = parseArgs({ options });
    if (values.help === true) {
      console.log(usage);
      process.exit(0);
    }
    if (values.picture !== undefined) accessSync(path.dirname(path.resolve(values.picture)), constants.W_OK);
    return values.picture;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}
