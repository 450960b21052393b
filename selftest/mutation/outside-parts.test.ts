import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

async function load(file: string): Promise<unknown> {
  return import(new URL(file, import.meta.url).href);
}

const { namedParts } = (await load('outside-parts.mjs')) as { namedParts: Table };
const { statements } = (await load('outside-statements.mjs')) as { statements: Table };

/** Every file that the tables name, with what they name of it. */
function entries(table: Table): [file: string, text: string][] {
  return Object.values(table).flatMap((files) =>
    Object.entries(files).flatMap(([file, texts]) => texts.map((text): [string, string] => [file, text])),
  );
}

function sourceOf(file: string): string {
  return readFileSync(new URL(`../../simulator/${file}`, import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
}

describe('what mutation runs leave out', () => {
  it.each(entries(namedParts))('%s still has %s', (file, name) => {
    expect(sourceOf(file)).toContain(name === '*' ? '' : name.replace('#', ''));
  });

  it.each(entries(statements))('%s still has the code %s', (file, text) => {
    expect(sourceOf(file)).toContain(text.replace(/^=/, ''));
  });
});
