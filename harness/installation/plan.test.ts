import { describe, expect, it } from 'vitest';
import type { AssemblyFile } from './assembly.ts';
import { wantedApi, wantedPlugIn, type Component, type FoundComponent } from './components.ts';
import { planInstall, planRemove, type Plan } from './plan.ts';
import type { Survey } from './survey.ts';

const names = { customApi: 'bgop_Probe', displayName: 'Probe' };
const file: AssemblyFile = {
  name: 'Bgop.Probe',
  version: '1.0.0.0',
  culture: 'neutral',
  publicKeyToken: '0123456789abcdef',
  types: ['Bgop.Probe.ProbePlugin'],
  content: 'TVo=',
  hash: 'a'.repeat(64),
};

const nothing: Survey = { api: undefined, members: [], assemblies: [], types: [], others: [] };

function found(
  component: Component,
  link: string | null = null,
  more: Partial<FoundComponent> = {},
): FoundComponent {
  return { ...component, id: `id of ${component.name}`, ours: true, link, ...more };
}

/** A target after a complete installation; what is changed of it is given by name of the row. */
function installed(changes: Record<string, Partial<FoundComponent>> = {}): Survey {
  const [api, ...members] = wantedApi(names);
  const [assembly, type] = wantedPlugIn(file);
  if (api === undefined || assembly === undefined || type === undefined) throw new Error('no components');
  const changed = (one: FoundComponent): FoundComponent => ({ ...one, ...changes[one.name] });
  return {
    api: changed(found(api, 'id of Bgop.Probe.ProbePlugin')),
    members: members.map((one) => changed(found(one, 'id of bgop_Probe'))),
    assemblies: [changed(found(assembly))],
    types: [changed(found(type, 'id of Bgop.Probe'))],
    others: [],
  };
}

/** The steps that change something, in short. */
function changing({ steps }: Plan): string[] {
  return steps
    .filter(({ action }) => action !== 'keep')
    .map((step) => {
      const what = step.action === 'change' ? `: ${Object.keys(step.values).join()}` : '';
      return `${step.action} ${step.component.name}${what}`;
    });
}

const withValues = (name: string, values: Component['values']): Record<string, Partial<FoundComponent>> => {
  const before = [...wantedApi(names), ...wantedPlugIn(file)].find((one) => one.name === name);
  return { [name]: { values: { ...before?.values, ...values } } };
};

describe('an installation', () => {
  it('creates code first, then the custom API, then its parts', () => {
    const plan = planInstall(names, file, nothing);
    expect(plan.problems).toEqual([]);
    expect(plan.steps.map(({ component }) => component.kind)).toEqual([
      'assembly',
      'type',
      'api',
      ...Array<string>(2).fill('parameter'),
      ...Array<string>(6).fill('property'),
    ]);
  });

  it('creates no code without an assembly', () => {
    expect(changing(planInstall(names, undefined, nothing))[0]).toBe('create bgop_Probe');
  });

  it('changes nothing where all is there', () => {
    expect(changing(planInstall(names, file, installed()))).toEqual([]);
    expect(changing(planInstall(names, undefined, installed()))).toEqual([]);
  });

  it('creates only what is missing', () => {
    const there = installed();
    const members = there.members.filter(({ name }) => name !== 'When');
    expect(changing(planInstall(names, file, { ...there, members }))).toEqual(['create When']);
  });

  it.each([
    ['a description', withValues('Payload', { description: 'x' }), ['change Payload: description']],
    ['a display name', withValues('bgop_Probe', { displayname: 'x' }), ['change bgop_Probe: displayname']],
    ['the type of a property', withValues('Count', { type: 10 }), ['delete Count', 'create Count']],
    ['the build', withValues('Bgop.Probe', { version: '1.0.9.9' }), ['change Bgop.Probe: version']],
    ['the link', { bgop_Probe: { link: null } }, ['change bgop_Probe: ']],
  ])('changes only what differs: %s', (_what, changes, steps) => {
    expect(changing(planInstall(names, file, installed(changes)))).toEqual(steps);
  });

  it('renews the content where its hash differs', () => {
    const plan = planInstall(names, { ...file, content: 'TVpY', hash: 'b'.repeat(64) }, installed());
    expect(plan.steps[0]).toMatchObject({ action: 'change', content: 'TVpY' });
    expect(changing(plan)).toEqual(['change Bgop.Probe: description']);
  });

  it('leaves a link alone that it was given no assembly for', () => {
    expect(changing(planInstall(names, undefined, installed({ bgop_Probe: { link: 'another' } })))).toEqual(
      [],
    );
  });

  it('takes the plug-in type of its own assembly, not one of the same name', () => {
    const there = installed({ 'Bgop.Probe.ProbePlugin': { link: 'id of another assembly' } });
    expect(changing(planInstall(names, file, there))).toEqual([
      'create Bgop.Probe.ProbePlugin',
      'change bgop_Probe: ',
    ]);
  });

  it.each(['bgop_Probe', 'Payload', 'Flag', 'Bgop.Probe', 'Bgop.Probe.ProbePlugin'])(
    'is refused where %s was made by others',
    (name) => {
      const { problems } = planInstall(names, file, installed({ [name]: { ours: false } }));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`${name} is there, but "bgop probe install" did not make it`);
    },
  );

  it.each([
    ['isfunction true instead of false', withValues('bgop_Probe', { isfunction: true })],
    ['publickeytoken "x" instead of "0123456789abcdef"', withValues('Bgop.Probe', { publickeytoken: 'x' })],
    ['version "1.1.0.0" instead of "1.0.0.0"', withValues('Bgop.Probe', { version: '1.1.0.0' })],
  ])('is refused where what cannot be changed differs: %s', (fact, changes) => {
    const { problems } = planInstall(names, file, installed(changes));
    expect(problems).toEqual([expect.stringContaining(fact)]);
  });

  it('takes away parts of an older probe, and refuses those of others', () => {
    const there = installed();
    const extra = found({ kind: 'parameter', name: 'Old', values: {} });
    const members = [...there.members, extra];
    expect(changing(planInstall(names, file, { ...there, members }))).toEqual(['delete Old']);
    const foreign = [...there.members, { ...extra, ours: false }];
    expect(planInstall(names, file, { ...there, members: foreign }).problems).toHaveLength(1);
  });
});

describe('a removal', () => {
  it('deletes parts, custom API, type and assembly in this order', () => {
    const kinds = planRemove(installed()).steps.map(({ action, component }) => `${action} ${component.kind}`);
    expect([...new Set(kinds)]).toEqual([
      'delete parameter',
      'delete property',
      'delete api',
      'delete type',
      'delete assembly',
    ]);
  });

  it('deletes what a half installation left', () => {
    const there = installed();
    expect(changing(planRemove({ ...nothing, assemblies: there.assemblies }))).toEqual(['delete Bgop.Probe']);
    expect(changing(planRemove({ ...there, assemblies: [], types: [] }))).toContain('delete bgop_Probe');
  });

  it('keeps code that executes another custom API', () => {
    const other = { ...found({ kind: 'api', name: 'x_Other', values: {} }, 'id of Bgop.Probe.ProbePlugin') };
    const plan = planRemove({ ...installed(), others: [other] });
    expect(changing(plan).at(-1)).toBe('delete bgop_Probe');
    expect(plan.steps.at(-1)).toMatchObject({ action: 'keep', why: 'still executes x_Other' });
  });

  it('keeps code that others registered, or registered more in', () => {
    expect(changing(planRemove(installed({ 'Bgop.Probe': { ours: false } }))).at(-1)).toBe(
      'delete bgop_Probe',
    );
    const there = installed();
    const more = found({ kind: 'type', name: 'X', values: {} }, 'id of Bgop.Probe', { ours: false });
    expect(changing(planRemove({ ...there, types: [...there.types, more] })).at(-1)).toBe(
      'delete bgop_Probe',
    );
  });

  it.each(['bgop_Probe', 'Payload'])('is refused where %s was made by others', (name) => {
    expect(planRemove(installed({ [name]: { ours: false } })).problems).toHaveLength(1);
  });

  it('has nothing to do where nothing is', () => {
    expect(planRemove(nothing)).toEqual({ steps: [], problems: [] });
  });
});
