import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BodyText, Evidence } from '../record/evidence.ts';
import { readBytes, replaceFile } from '../harness/files.ts';
import type { Result } from '../record/result.ts';

/** A whole body: its text, or the file that has it. */
export type WholeBody = Buffer | { readonly path: string };

/** The names of the files that hold the whole of what is cut in a result. */
export function bodyFiles(result: Result): string[] {
  const of = (body: BodyText | undefined): string[] => (body?.cut?.file === undefined ? [] : [body.cut.file]);
  const named = (piece: Evidence): string[] => {
    if (piece.kind === 'received') return of(piece.body);
    return piece.kind === 'exchange' ? [...of(piece.request.body), ...of(piece.response?.body)] : [];
  };
  const all = result.clauses.flatMap(({ checks }) =>
    checks.flatMap(({ evidence = [] }) => evidence.flatMap(named)),
  );
  return [...new Set(all)];
}

/**
 * Writes the bodies that a result names: those at hand, else from the report that it was read from. One
 * that is nowhere to be had stays away.
 */
export async function writeBodies(
  directory: string,
  names: readonly string[],
  atHand: ReadonlyMap<string, WholeBody>,
  source: string,
): Promise<void> {
  for (const name of names) {
    const body = atHand.get(name);
    const target = path.join(directory, name);
    if (Buffer.isBuffer(body)) await replaceFile(target, body);
    else if (body !== undefined) await replaceFile(target, await readBytes(body.path));
    else if (path.resolve(source) !== path.resolve(directory)) {
      const found = await readBytes(path.join(source, name), { links: false }).catch(() => undefined);
      if (found !== undefined) await replaceFile(target, found);
    }
  }
}

/** Keeps bodies beside the journal while the run goes on; one that cannot be kept is missing in evidence only. */
export function keepBodies(directory: string, bodies: readonly (readonly [string, WholeBody])[]): void {
  for (const [name, body] of bodies) {
    const target = path.join(directory, name);
    if (!Buffer.isBuffer(body)) continue;
    try {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, body, { flag: 'wx' });
    } catch {
      // It is there already, from another check, or there is no room.
    }
  }
}
