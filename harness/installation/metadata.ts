/** What the metadata of a .NET assembly says it is. */
export interface Metadata {
  readonly name: string;
  /** Major, minor, build, revision. */
  readonly version: readonly number[];
  /** Empty for neutral. */
  readonly culture: string;
  /** Empty where the assembly is not signed. */
  readonly publicKey: Uint8Array;
  /** Full names of the classes. */
  readonly types: readonly string[];
}

type Row = readonly number[];

const typeDef = 0x02;
const assemblyTable = 0x20;

/**
 * The cells of the tables up to that of the assembly: a number is a fixed size in bytes, S, G and B are
 * indexes into the heaps, `#n` is an index into table n, and the rest are coded indexes.
 *
 * Source: ECMA-335, II.22 and II.24.2.6.
 */
const layouts: readonly (readonly (number | string)[])[] = [
  [2, 'S', 'G', 'G', 'G'],
  ['ResolutionScope', 'S', 'S'],
  [4, 'S', 'S', 'TypeDefOrRef', '#4', '#6'],
  ['#4'],
  [2, 'S', 'B'],
  ['#6'],
  [4, 2, 2, 'S', 'B', '#8'],
  ['#8'],
  [2, 2, 'S'],
  ['#2', 'TypeDefOrRef'],
  ['MemberRefParent', 'S', 'B'],
  [2, 'HasConstant', 'B'],
  ['HasCustomAttribute', 'CustomAttributeType', 'B'],
  ['HasFieldMarshal', 'B'],
  [2, 'HasDeclSecurity', 'B'],
  [2, 4, '#2'],
  [4, '#4'],
  ['B'],
  ['#2', '#20'],
  ['#20'],
  [2, 'S', 'TypeDefOrRef'],
  ['#2', '#23'],
  ['#23'],
  [2, 'S', 'B'],
  [2, '#6', 'HasSemantics'],
  ['#2', 'MethodDefOrRef', 'MethodDefOrRef'],
  ['S'],
  ['B'],
  [2, 'MemberForwarded', 'S', '#26'],
  [4, '#4'],
  [4, 4],
  [4],
  [4, 2, 2, 2, 2, 4, 'B', 'S', 'S'],
];

/** The bits of each coded index's tag, and the tables that it can mean. */
const coded: Readonly<Record<string, readonly [bits: number, tables: readonly number[]]>> = {
  ResolutionScope: [2, [0, 26, 35, 1]],
  TypeDefOrRef: [2, [2, 1, 27]],
  MemberRefParent: [3, [2, 1, 26, 6, 27]],
  HasConstant: [2, [4, 8, 23]],
  HasCustomAttribute: [5, [6, 4, 1, 2, 8, 9, 10, 0, 14, 23, 20, 17, 26, 27, 32, 35, 38, 39, 40, 42, 44, 43]],
  CustomAttributeType: [3, [6, 10]],
  HasFieldMarshal: [1, [4, 8]],
  HasDeclSecurity: [2, [2, 6, 32]],
  HasSemantics: [1, [20, 23]],
  MethodDefOrRef: [1, [6, 10]],
  MemberForwarded: [1, [4, 6]],
};

/**
 * Reads the metadata of a .NET assembly; undefined where the bytes are none.
 *
 * Source: ECMA-335, II.24 and II.25.
 */
export function readMetadata(bytes: Uint8Array): Metadata | undefined {
  try {
    return read(bytes);
  } catch (error) {
    // Offsets that lead out of the file: it is cut, or no module at all.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(bytes: Uint8Array): Metadata | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = metadataStart(view);
  if (start === undefined || view.getUint32(start, true) !== 0x424a5342) return undefined;
  const heaps = readHeaps(view, start);
  const [tables, strings, blobs] = ['#~', '#Strings', '#Blob'].map((name) => heaps.get(name));
  if (tables === undefined || strings === undefined || blobs === undefined) return undefined;
  const text = (index = 0): string => textAt(bytes, strings + index);
  const rows = readTables(view, tables);
  const [assembly] = rows(assemblyTable);
  if (assembly === undefined) return undefined;
  const [, major = 0, minor = 0, build = 0, revision = 0, , key = 0, name, culture] = assembly;
  const [length, size] = compressed(view, blobs + key);
  return {
    name: text(name),
    version: [major, minor, build, revision],
    culture: text(culture),
    publicKey: bytes.slice(blobs + key + size, blobs + key + size + length),
    types: rows(typeDef).map(([, type, namespace]) =>
      [text(namespace), text(type)].filter((part) => part !== '').join('.'),
    ),
  };
}

/** The text that begins somewhere and ends with a zero. */
function textAt(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start);
  if (end < 0) throw new RangeError('a text without an end');
  return new TextDecoder().decode(bytes.subarray(start, end));
}

/** Where the metadata begins: behind the headers of the file and of the runtime. */
function metadataStart(view: DataView): number | undefined {
  if (view.getUint16(0, true) !== 0x5a4d) return undefined;
  const header = view.getUint32(0x3c, true);
  if (view.getUint32(header, true) !== 0x4550) return undefined;
  const sections = view.getUint16(header + 6, true);
  const optional = header + 24;
  const wide = view.getUint16(optional, true) === 0x20b;
  const offsetOf = (address: number): number | undefined => {
    for (let index = 0; index < sections; index++) {
      const section = optional + view.getUint16(header + 20, true) + index * 40;
      const [size, virtual, , raw] = [8, 12, 16, 20].map((at) => view.getUint32(section + at, true));
      if (size === undefined || virtual === undefined || raw === undefined) continue;
      if (address >= virtual && address < virtual + size) return raw + address - virtual;
    }
    return undefined;
  };
  const runtime = offsetOf(view.getUint32(optional + (wide ? 112 : 96) + 14 * 8, true));
  return runtime === undefined ? undefined : offsetOf(view.getUint32(runtime + 8, true));
}

/** Where each heap begins, by name. */
function readHeaps(view: DataView, start: number): Map<string, number> {
  const heaps = new Map<string, number>();
  let at = start + 16 + view.getUint32(start + 12, true);
  const count = view.getUint16(at + 2, true);
  at += 4;
  for (let index = 0; index < count; index++) {
    let name = '';
    for (let next = at + 8; view.getUint8(next) !== 0; next++)
      name += String.fromCharCode(view.getUint8(next));
    heaps.set(name, start + view.getUint32(at, true));
    at += 8 + 4 * (Math.floor(name.length / 4) + 1);
  }
  return heaps;
}

/** Gives the rows of a table. */
function readTables(view: DataView, start: number): (table: number) => Row[] {
  const wideHeaps = view.getUint8(start + 6);
  const valid = view.getBigUint64(start + 8, true);
  const counts: number[] = [];
  let at = start + 24;
  for (let table = 0; table < 64; table++) {
    const there = ((valid >> BigInt(table)) & 1n) === 1n;
    counts.push(there ? view.getUint32(at, true) : 0);
    if (there) at += 4;
  }
  const sizeOf = (cell: number | string): number => {
    if (typeof cell === 'number') return cell;
    const heap = 'SGB'.indexOf(cell);
    if (heap >= 0) return (wideHeaps >> heap) & 1 ? 4 : 2;
    const [bits, targets] = coded[cell] ?? [0, [Number(cell.slice(1))]];
    return Math.max(...targets.map((table) => counts[table] ?? 0)) < 2 ** (16 - bits) ? 2 : 4;
  };
  const starts: number[] = [];
  for (const [table, cells] of layouts.entries()) {
    starts.push(at);
    at += (counts[table] ?? 0) * cells.map(sizeOf).reduce((sum, size) => sum + size, 0);
  }
  return (table) => {
    const sizes = (layouts[table] ?? []).map(sizeOf);
    let next = starts[table] ?? 0;
    return Array.from({ length: counts[table] ?? 0 }, () =>
      sizes.map((size) => {
        const value = size === 4 ? view.getUint32(next, true) : view.getUint16(next, true);
        next += size;
        return value;
      }),
    );
  };
}

/** A compressed length: its value and the bytes that it takes itself. */
function compressed(view: DataView, at: number): [value: number, size: number] {
  const first = view.getUint8(at);
  if (first < 0x80) return [first, 1];
  if (first < 0xc0) return [view.getUint16(at) & 0x3fff, 2];
  return [view.getUint32(at) & 0x1fffffff, 4];
}
