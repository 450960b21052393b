import { masked } from '../../harness/mask.ts';
import { wording } from '../../reports/compare.ts';

/** How much of one reason a pattern quotes. */
const quotedLength = 400;

/**
 * A regular expression that reasons of failures match, as a list of known deviations has it. What differs
 * from run to run anyway (ids, moments, ports, durations) may be anything in it.
 */
export function patternFor(reasons: readonly string[]): string {
  return [...new Set(reasons.map(onePattern))].join('|');
}

function onePattern(reason: string): string {
  return (
    [...wording(reason)]
      .slice(0, quotedLength)
      .join('')
      // What was cut in the middle would not be known below.
      .replace(/[{«][a-z]*$/, '')
      .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      .replaceAll(/\\\{(?:id|time|host|duration)\\\}/g, '.+')
      .replaceAll(masked, '.+')
  );
}
