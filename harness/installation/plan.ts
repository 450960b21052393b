import { probeDefinition } from '../../contract/probe.ts';
import type { AssemblyFile } from './assembly.ts';
import {
  differing,
  tables,
  titleOf,
  wantedApi,
  wantedPlugIn,
  type Component,
  type FoundComponent,
  type ProbeNames,
  type Value,
} from './components.ts';
import type { Survey } from './survey.ts';

/** One thing to do, or to leave as it is. */
export type InstallationStep =
  | { readonly action: 'create'; readonly component: Component; readonly content?: string }
  | {
      readonly action: 'change';
      readonly component: FoundComponent;
      readonly values: Readonly<Record<string, Value>>;
      readonly content?: string;
      /** Whether the link to what executes the custom API is set anew. */
      readonly relink: boolean;
    }
  | { readonly action: 'delete'; readonly component: FoundComponent }
  | { readonly action: 'keep'; readonly component: FoundComponent; readonly why?: string };

/** What to do, in order; or, if there are problems, why nothing is done. */
export interface Plan {
  readonly steps: readonly InstallationStep[];
  readonly problems: readonly string[];
}

/** What makes the target have the probe, given what it has. Without an assembly the plug-in is left alone. */
export function planInstall(names: ProbeNames, assembly: AssemblyFile | undefined, there: Survey): Plan {
  const steps: InstallationStep[] = [];
  const problems: string[] = [];
  const wanted = [...(assembly === undefined ? [] : wantedPlugIn(assembly)), ...wantedApi(names)];
  for (const component of wanted) {
    const found = match(component, there, assembly?.name);
    if (found === undefined) steps.push({ action: 'create', component, ...contentFor(component, assembly) });
    else if (!found.ours) problems.push(strange(found));
    else steps.push(...adjust(component, found, assembly, there, problems));
  }
  const superfluous = there.members.filter(
    (one) => !wanted.some(({ kind, name }) => kind === one.kind && name === one.name),
  );
  for (const component of superfluous) {
    if (component.ours) steps.push({ action: 'delete', component });
    else problems.push(strange(component));
  }
  return { steps, problems };
}

/** The row that is there for a wanted one; a plug-in type counts in the wanted assembly only. */
export function match(
  { kind, name }: Pick<Component, 'kind' | 'name'>,
  there: Survey,
  assemblyName: string | undefined,
): FoundComponent | undefined {
  const same = (one: FoundComponent): boolean =>
    one.kind === kind && one.name.toLowerCase() === name.toLowerCase();
  switch (kind) {
    case 'api':
      return there.api;
    case 'assembly':
      return there.assemblies.find(same);
    case 'type': {
      const assembly = match({ kind: 'assembly', name: assemblyName ?? '' }, there, undefined);
      return there.types.find((one) => same(one) && one.link === assembly?.id);
    }
    default:
      return there.members.find(same);
  }
}

function adjust(
  wanted: Component,
  found: FoundComponent,
  assembly: AssemblyFile | undefined,
  there: Survey,
  problems: string[],
): InstallationStep[] {
  const { fixed, changeable } = tables[wanted.kind];
  const unlike = differing(wanted, found, fixed);
  if (unlike.length > 0 || isOtherVersion(wanted, found)) {
    if (wanted.kind === 'parameter' || wanted.kind === 'property')
      return [
        { action: 'delete', component: found },
        { action: 'create', component: wanted },
      ];
    const columns = unlike.length > 0 ? unlike : ['version'];
    const facts = columns.map(
      (column) => `${column} ${shown(found, column)} instead of ${shown(wanted, column)}`,
    );
    problems.push(
      `The ${titleOf(found)} has ${facts.join(', ')}, which cannot be changed. Run "bgop probe remove" first.`,
    );
    return [];
  }
  const changed = differing(wanted, found, changeable);
  const relink = wanted.kind === 'api' && assembly !== undefined && !isLinkedTo(assembly.name, found, there);
  if (changed.length === 0 && !relink) return [{ action: 'keep', component: found }];
  const values = Object.fromEntries(changed.map((column) => [column, wanted.values[column] ?? null]));
  return [{ action: 'change', component: found, values, relink, ...contentFor(wanted, assembly) }];
}

/** Only build and revision of an assembly may change. */
function isOtherVersion(wanted: Component, found: FoundComponent): boolean {
  const start = (one: Component): string => String(one.values['version']).split('.', 2).join('.');
  return wanted.kind === 'assembly' && start(wanted) !== start(found);
}

/** Whether a custom API is executed by the probe's plug-in type in this assembly. */
function isLinkedTo(assemblyName: string, api: FoundComponent, there: Survey): boolean {
  const type = match({ kind: 'type', name: probeDefinition.pluginType }, there, assemblyName);
  return type !== undefined && type.id === api.link;
}

/** The plug-in type that executes the custom API, where it is one of the probe's name. */
export function executing({ api, types }: Survey): FoundComponent | undefined {
  return types.find(({ id, name }) => id === api?.link && name === probeDefinition.pluginType);
}

function contentFor(component: Component, assembly: AssemblyFile | undefined): { content?: string } {
  return component.kind === 'assembly' && assembly !== undefined ? { content: assembly.content } : {};
}

function shown(component: Component, column: string): string {
  return JSON.stringify(component.values[column] ?? null);
}

function strange(found: FoundComponent): string {
  const title = titleOf(found);
  const wayOut = found.kind === 'api' ? 'Take another name with --name, or delete it.' : 'Delete it first.';
  return `The ${title} is there, but "bgop probe install" did not make it, so it is left alone. ${wayOut}`;
}

/** What takes away all that install made, and nothing else. */
export function planRemove(there: Survey): Plan {
  const { api, members, assemblies, types, others } = there;
  const problems = [...(api === undefined ? [] : [api]), ...members]
    .filter(({ ours }) => !ours)
    .map(
      (one) =>
        `The ${titleOf(one)} was not made by "bgop probe install", so nothing is removed. Delete it first.`,
    );
  const steps: InstallationStep[] = [...members, ...(api === undefined ? [] : [api])].map((component) => ({
    action: 'delete',
    component,
  }));
  for (const assembly of assemblies) {
    const inside = types.filter(({ link }) => link === assembly.id);
    const kept = inside.flatMap((type) => keptBecause(type, others));
    const why = assembly.ours ? kept[0] : 'was not made by "bgop probe install"';
    for (const component of [...inside, assembly])
      steps.push(why === undefined ? { action: 'delete', component } : { action: 'keep', component, why });
  }
  return { steps, problems };
}

function keptBecause(type: FoundComponent, others: readonly FoundComponent[]): string[] {
  if (!type.ours) return [`${titleOf(type)} was not made by "bgop probe install"`];
  return others.filter(({ link }) => link === type.id).map(({ name }) => `still executes ${name}`);
}
