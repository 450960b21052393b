import { clauses, sections } from '../../contract/clauses.ts';
import { clausesOf, profiles } from '../../contract/profiles.ts';
import { didYouMean } from '../../harness/config/suggest.ts';
import { listed } from '../../reports/listed.ts';
import { namedProfile, profilePrefix } from '../../reports/profiles.ts';
import { UsageError } from '../terminal.ts';
import type { VerifyOptions } from './options.ts';

const sectionIds = sections.map(({ id }) => id);
const profileNames = profiles.map(({ name }) => `${profilePrefix}${name.replaceAll(' ', '')}`);

/**
 * Checks what `--require` names: sections, and profiles with the prefix `profile:`.
 *
 * @throws UsageError for one that does not exist
 */
export function checkRequired(names: readonly string[]): void {
  for (const name of names) {
    if (sectionIds.includes(name) || namedProfile(name) !== undefined) continue;
    const known = [...sectionIds, ...profileNames];
    const hint =
      didYouMean(name, known) ??
      didYouMean(`${profilePrefix}${name}`, profileNames) ??
      `There are: ${known.join(', ')}.`;
    const kind = name.startsWith(profilePrefix) ? 'profile' : 'section';
    throw new UsageError(`--require ${name}: no ${kind} is called that. ${hint}`);
  }
}

/**
 * Refuses to require what the run leaves out: no such run could ever pass.
 *
 * @param selected ids of the clauses that are run; all when absent
 * @throws UsageError that names both options
 */
export function checkContradiction(selected: readonly string[] | undefined, options: Selection): void {
  if (selected === undefined) return;
  const wanted = new Set(selected);
  for (const name of options.require) {
    const missing = requiredIds(name).filter((id) => !wanted.has(id));
    if (missing.length === 0) continue;
    const clauses = missing.length === 1 ? '1 clause' : `${missing.length} clauses`;
    const ids = listed(missing.map((id) => ({ id })));
    throw new UsageError(
      `${selectionOf(options)} leaves out ${clauses} that --require ${name} wants: ${ids}. Leave out --require ${name}, or select these clauses too.`,
    );
  }
}

type Selection = Pick<VerifyOptions, 'only' | 'lastFailed' | 'require'>;

function requiredIds(name: string): string[] {
  const profile = namedProfile(name);
  const required =
    profile === undefined
      ? clauses.filter(({ section }) => section === name)
      : clausesOf(profile, clauses).filter(({ level }) => level === 'MUST');
  return required.map(({ id }) => id);
}

function selectionOf({ only, lastFailed }: Selection): string {
  const given = only.map((pattern) => `--only ${pattern}`);
  return [...given, ...(lastFailed === true ? ['--last-failed'] : [])].join(' ');
}
