import { publish } from '../../registration/executable.ts';
import type { Registered } from '../../registration/registered.ts';
import { rowsWith, textOf } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import { capacityErrors } from '../capacity-errors.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { registeredTable, taken } from './registered-table.ts';

const sandbox = 2;
/** Characters of `content` that are kept of all assemblies together. */
const mostContent = 64 * 1024 * 1024;

/** Assemblies with plug-in code. Their content is kept, and never executed. */
export const pluginAssemblies = registeredTable({
  set: 'pluginassemblies',
  entity: 'pluginassembly',
  key: 'pluginassemblyid',
  schemaName: 'PluginAssembly',
  displayName: 'Plug-in Assembly',
  fields: {
    name: { type: 'string', longest: 256, required: true },
    version: { type: 'string', longest: 48, required: true },
    culture: { type: 'string', longest: 32, required: true },
    publickeytoken: { type: 'string', longest: 32, required: true },
    description: { type: 'string', longest: 256 },
    content: { type: 'string', longest: 1_073_741_823, required: true },
    isolationmode: {
      type: 'picklist',
      labels: { 1: 'None', 2: 'Sandbox', 3: 'External' },
      initial: 1,
      required: true,
    },
    sourcetype: {
      type: 'picklist',
      labels: { 0: 'Database', 1: 'Disk', 2: 'Normal', 3: 'AzureWebApp', 4: 'File Store' },
      initial: 0,
      required: true,
    },
    iscustomizable: { type: 'managed', initial: true, property: 'iscustomizableanddeletable' },
    ishidden: { type: 'managed', initial: false, property: 'ishidden' },
  },
  further: [
    { name: 'major', type: 'integer', readOnly: true, read: (row) => versionPart(row, 0) },
    { name: 'minor', type: 'integer', readOnly: true, read: (row) => versionPart(row, 1) },
  ],
  refuses(world, row, others, before) {
    const kept = others.reduce((sum, other) => sum + textOf(other, 'content').length, 0);
    if (kept + textOf(row, 'content').length > mostContent) return capacityErrors.assembliesFull(mostContent);
    const binary = binaryOf(row);
    if (binary?.startsWith('MZ') !== true)
      return errors.invalidArgument("'content' has to be an assembly in Base64.");
    if (row.values.isolationmode !== sandbox)
      return errors.invalidArgument("'isolationmode' has to be 2 (Sandbox): online code is always isolated.");
    if (before !== undefined && fullName(before) !== fullName(row)) return errors.otherAssembly();
    if (others.some((other) => fullName(other) === fullName(row))) return errors.duplicateAssembly();
    const types = rowsWith(world.registrations, 'plugintypes', 'pluginassemblyid', row.id);
    return types.every((type) => holds(binary, textOf(type, 'typename')))
      ? undefined
      : errors.otherAssembly();
  },
  keeps(world, row) {
    const types = rowsWith(world.registrations, 'plugintypes', 'pluginassemblyid', row.id);
    return types.map((type) => whereUsed(world, type)).find((error) => error !== undefined);
  },
  deleted(world, row) {
    const { plugintypes } = world.registrations;
    for (const { id } of rowsWith(world.registrations, 'plugintypes', 'pluginassemblyid', row.id))
      plugintypes.delete(id);
  },
});

/** What a class shows of the assembly that it is in. */
const ofAssembly = new Map<string, 'string' | 'integer'>([
  ['assemblyname', 'string'],
  ['version', 'string'],
  ['culture', 'string'],
  ['publickeytoken', 'string'],
  ['major', 'integer'],
  ['minor', 'integer'],
]);

/** The classes in assemblies that custom APIs can be linked to. */
export const pluginTypes = registeredTable({
  set: 'plugintypes',
  entity: 'plugintype',
  key: 'plugintypeid',
  schemaName: 'PluginType',
  displayName: 'Plug-in Type',
  fields: {
    typename: { type: 'string', longest: 256, required: true },
    name: { type: 'string', longest: 256 },
    friendlyname: { type: 'string', longest: 256, required: true },
    description: { type: 'string', longest: 256 },
    workflowactivitygroupname: { type: 'string', longest: 256 },
    pluginassemblyid: {
      type: 'lookup',
      navigation: 'pluginassemblyid',
      set: 'pluginassemblies',
      entity: 'pluginassembly',
      inverse: 'pluginassembly_plugintype',
      required: true,
      fixed: true,
    },
  },
  further: [...ofAssembly].map(([name, type]) => ({
    name,
    type,
    readOnly: true,
    read: (row) => row.values[name] as string | number,
  })),
  shown({ registrations }, row) {
    const assembly = registrations.pluginassemblies.get(textOf(row, 'pluginassemblyid'));
    const values = {
      assemblyname: textOf(assembly, 'name'),
      version: textOf(assembly, 'version'),
      culture: textOf(assembly, 'culture'),
      publickeytoken: textOf(assembly, 'publickeytoken'),
      major: versionPart(assembly, 0),
      minor: versionPart(assembly, 1),
    };
    return { ...row, values: { ...row.values, ...values } };
  },
  refuses(world, row, others) {
    const assembly = world.registrations.pluginassemblies.get(textOf(row, 'pluginassemblyid'));
    const typeName = textOf(row, 'typename');
    if (!holds(binaryOf(assembly), typeName)) return errors.noPluginType(typeName, textOf(assembly, 'name'));
    return taken(row, others, ['pluginassemblyid', 'typename']) ? errors.exists() : undefined;
  },
  keeps: whereUsed,
  saved(world, row) {
    for (const { id } of rowsWith(world.registrations, 'customapis', 'plugintypeid', row.id))
      publish(world, id);
  },
});

/** A class that a custom API is linked to stays: the platform refuses to delete components in use. */
function whereUsed(world: World, type: Registered): ApiError | undefined {
  const users = rowsWith(world.registrations, 'customapis', 'plugintypeid', type.id);
  return users.length === 0 ? undefined : errors.inUse('PluginType', type.id, users.length);
}

/** The bytes of an assembly, one character each; undefined where they are no Base64. */
function binaryOf(assembly: Registered | undefined): string | undefined {
  try {
    return atob(textOf(assembly, 'content'));
  } catch {
    return undefined;
  }
}

/** Whether an assembly may hold a class: its metadata keeps namespace and name as two texts. */
function holds(binary: string | undefined, typeName: string): boolean {
  const dot = typeName.lastIndexOf('.');
  const names = [typeName.slice(0, Math.max(dot, 0)), typeName.slice(dot + 1)];
  return binary !== undefined && names.every((name) => name === '' || binary.includes(`\0${name}\0`));
}

/** A number of the version: 1 of 1.2.3.4 is the first. */
function versionPart(assembly: Registered | undefined, index: number): number {
  return Number(textOf(assembly, 'version').split('.')[index] ?? 0);
}

/** What makes two assemblies one to the platform: all of the name but build and revision. */
function fullName(row: Registered): string {
  const [major, minor] = textOf(row, 'version').split('.');
  const parts = [
    textOf(row, 'name'),
    `${major}.${minor}`,
    textOf(row, 'culture'),
    textOf(row, 'publickeytoken'),
  ];
  return parts.join(',').toLowerCase();
}
