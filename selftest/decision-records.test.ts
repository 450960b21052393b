import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../docs/decisions/', import.meta.url);

it('each decision record has a number of its own, in its name and in its title', () => {
  const names = readdirSync(folder).sort();
  const wrong = names.flatMap((name, index) => {
    const number = index + 1;
    const [title = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n', 1);
    const isRight =
      name.startsWith(`${String(number).padStart(4, '0')}-`) && title.startsWith(`# ${number}. `);
    return isRight ? [] : [`${name}: "${title}", but it is number ${number}`];
  });
  expect(wrong, 'give a new record the next free number, and "# NUMBER. TITLE" as its first line').toEqual(
    [],
  );
  expect(names.length).toBeGreaterThan(30);
});
