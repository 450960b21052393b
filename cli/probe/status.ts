import { probeDefinition } from '../../contract/probe.ts';
import {
  differing,
  tables,
  titleOf,
  wantedApi,
  type Component,
  type FoundComponent,
  type ProbeNames,
} from '../../harness/installation/components.ts';
import { executing, match } from '../../harness/installation/plan.ts';
import type { Survey } from '../../harness/installation/survey.ts';

/** What is there of the probe, a line a row, and whether a run can use it. */
export function statusLines(
  names: ProbeNames,
  there: Survey,
): { readonly lines: readonly string[]; readonly complete: boolean } {
  const wanted = wantedApi(names);
  const parts = wanted.map((component) => partOf(component, match(component, there, undefined)));
  const code = plugInOf(there);
  const extra = there.members.filter(
    (one) => !wanted.some(({ kind, name }) => kind === one.kind && name === one.name),
  );
  const complete = [...parts, code].every(({ good }) => good) && extra.length === 0;
  return {
    lines: [
      ...[...parts, code].map(({ line }) => line),
      ...extra.map((one) => entry('more', `${titleOf(one)}, which is none of the probe’s`)),
      ...idle(there).map((one) => entry('idle', `${titleOf(one)}, which executes nothing here`)),
      complete ? 'The probe is complete.' : 'The probe is not complete: "bgop probe install" completes it.',
    ],
    complete,
  };
}

interface Part {
  readonly good: boolean;
  readonly line: string;
}

function partOf(wanted: Component, found: FoundComponent | undefined): Part {
  if (found === undefined) return { good: false, line: entry('absent', titleOf(wanted)) };
  const by = found.ours || found.kind !== 'api' ? '' : ', not installed by bgop';
  const unlike = differing(wanted, found, deciding(wanted));
  if (unlike.length === 0) return { good: true, line: entry('there', `${titleOf(found)}${by}`) };
  const facts = unlike.map((column) => `${column} ${JSON.stringify(found.values[column])}`);
  return { good: false, line: entry('differs', `${titleOf(found)}${by}: ${facts.join(', ')}`) };
}

/** The columns that the suite depends on: names for people are nobody's harm but the display name. */
function deciding({ kind }: Component): readonly string[] {
  return kind === 'api' ? [...tables.api.fixed, 'displayname'] : tables[kind].fixed;
}

function plugInOf(there: Survey): Part {
  const type = executing(there);
  if (type !== undefined) {
    const assembly = there.assemblies.find(({ id }) => id === type.link);
    const from = assembly === undefined ? '' : ` in ${assembly.name} ${String(assembly.values['version'])}`;
    return { good: true, line: entry('there', `${titleOf(type)}${from}`) };
  }
  const wanted = `${tables.type.title} ${probeDefinition.pluginType}`;
  const other = there.api?.link ?? null;
  if (other === null)
    return { good: false, line: entry('absent', `${wanted}: nothing executes the custom API`) };
  return { good: false, line: entry('differs', `${wanted}: another type executes the custom API`) };
}

/** Rows of ours that an installation began with and that nothing uses. */
function idle({ api, assemblies, types, others }: Survey): FoundComponent[] {
  const used = new Set([api, ...others].map((one) => one?.link));
  const busy = types.filter(({ id }) => used.has(id)).map(({ link }) => link);
  return assemblies.filter(({ id, ours }) => ours && !busy.includes(id));
}

function entry(word: string, text: string): string {
  return `  ${word.padEnd(8)} ${text}`;
}
