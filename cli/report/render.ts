import path from 'node:path';
import { findProfile } from '../../contract/profiles.ts';
import { writeOutput } from '../../harness/files.ts';
import type { ProfileVerdict, Result } from '../../record/result.ts';
import { reportFiles, writeReport } from '../../reports/write.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { UsageError, type Terminal } from '../terminal.ts';
import { requireOwnFolder } from '../verify/stale-report.ts';
import { inFormat, type FormatName } from './formats.ts';
import { loadResult, resultFile } from './result-file.ts';

/** The options of `bgop report render`, as commander gives them. */
export interface RenderOptions {
  readonly report?: string;
  readonly format?: FormatName;
  readonly output?: string;
  /** Name of the profile that a badge is about. */
  readonly profile?: string;
}

/** `bgop report render`: page and JUnit file from a result file, or one other format of it. */
export async function renderReport(
  source: string,
  options: RenderOptions,
  terminal: Terminal,
): Promise<number> {
  checkPlaces(options);
  const result = await loadResult(source);
  if (options.format !== undefined) {
    await give(inFormat(options.format, result, profileOf(result, options)), options.output, terminal);
    return 0;
  }
  profileOf(result, options);
  const from = path.dirname(await resultFile(source));
  const directory = options.report ?? from;
  await withReportFolder(directory, async () => {
    // The folder of the result is that of its report; any other one may be somebody else's.
    if (path.resolve(directory) !== path.resolve(from)) await requireOwnFolder(directory);
    await writeReport(directory, result, { source: from });
  });
  terminal.out(`Report: ${path.join(directory, reportFiles.page)}`);
  return 0;
}

/** A page and a JUnit file go into a folder, another format into a file: what names the other would be ignored. */
function checkPlaces({ format, output, report }: RenderOptions): void {
  if (format === undefined && output !== undefined)
    throw new UsageError('-o is for one other format: add --format, or name a folder with --report.');
  if (format !== undefined && report !== undefined)
    throw new UsageError(
      `--report is for page and JUnit file: leave out --format ${format}, or name a file with -o.`,
    );
}

function profileOf(
  { profiles = [] }: Result,
  { profile: name, format }: RenderOptions,
): ProfileVerdict | undefined {
  if (name === undefined) return undefined;
  if (format !== 'badge') throw new UsageError('--profile is for a badge: add --format badge.');
  const profile = findProfile(name);
  const found = profiles.find((one) => one.name === profile?.name);
  if (found !== undefined) return found;
  const known = profiles.map((one) => `"${one.name}"`).join(', ');
  throw new UsageError(
    `--profile ${name}: the result has no such profile. ${known === '' ? 'It was made by an older version.' : `There are: ${known}.`}`,
  );
}

/** Writes a text to a file, or where there is none named to the terminal. */
export async function give(text: string, file: string | undefined, terminal: Terminal): Promise<void> {
  if (file === undefined) {
    terminal.document(text.trimEnd());
    return;
  }
  await writeOutput(file, text);
  terminal.out(`Written: ${file}`);
}
