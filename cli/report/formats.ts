import path from 'node:path';
import { replaceFile } from '../../harness/files.ts';
import { badge } from '../../reports/formats/badge.ts';
import { ctrf } from '../../reports/formats/ctrf.ts';
import { markdown } from '../../reports/formats/markdown.ts';
import { sarif } from '../../reports/formats/sarif.ts';
import type { ProfileVerdict, Result } from '../../record/result.ts';

/** The formats beside page, JSON and JUnit, with the name of each one's file in a report. */
const formats = {
  markdown: { file: 'summary.md', render: markdown },
  sarif: { file: 'conformance.sarif', render: sarif },
  ctrf: { file: 'ctrf.json', render: ctrf },
  badge: { file: 'badge.json', render: badge },
} as const satisfies Record<string, { file: string; render: (result: Result) => string }>;

/** The name of one of these formats. */
export type FormatName = keyof typeof formats;

/** Files of these formats in a report. */
export const formatFiles: readonly string[] = Object.values(formats).map(({ file }) => file);

/** A result in one of these formats; `profile` is the one that a badge is about. */
export function inFormat(name: FormatName, result: Result, profile?: ProfileVerdict): string {
  return name === 'badge' ? badge(result, profile) : formats[name].render(result);
}

/** Writes a result in several formats beside its report. */
export async function writeFormats(
  names: readonly FormatName[],
  result: Result,
  directory: string,
): Promise<void> {
  for (const name of names)
    await replaceFile(path.join(directory, formats[name].file), inFormat(name, result));
}
