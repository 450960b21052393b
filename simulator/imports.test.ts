import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** All modules that a file reaches with plain imports of values or asks Node for, packages by their name. */
function reached(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.pathname)) return seen;
  seen.add(file.pathname);
  const source = readFileSync(file, 'utf8');
  const imports = source.matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)';|^import '([^']+)';/gm);
  for (const [, name = ''] of source.matchAll(/getBuiltinModule\('([^']+)'\)/g)) seen.add(name);
  for (const [, from, bare] of imports) {
    const name = from ?? bare ?? '';
    if (name.startsWith('.')) reached(new URL(name, file), seen);
    else seen.add(name);
  }
  return seen;
}

const packages = (file: string) =>
  [...reached(new URL(file, import.meta.url))].filter((name) => !name.startsWith('/')).sort();

describe('what the doors import', () => {
  it('lets the handlers run in a browser', () => {
    expect(packages('./handlers.ts')).toEqual(['msw']);
    expect(packages('./index.ts')).toEqual(['saxes']);
    expect(packages('./decisions.ts')).toEqual([]);
    expect(packages('./custom-apis/custom-api.ts')).toEqual([]);
  });

  it('keeps the server light', () => {
    expect(packages('./server.ts')).toEqual(['node:crypto', 'node:http', 'node:https', 'node:zlib', 'saxes']);
  });
});
