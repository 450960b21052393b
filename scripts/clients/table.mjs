// The table in docs/serves.md that is made from a run.
import { readFile, writeFile } from 'node:fs/promises';

const begin = '<!-- made by node scripts/clients/run.mjs --write -->\n';
const end = '<!-- end -->';

/** What was seen, as Markdown: a line a client, then what each of them is refused. */
export function tableOf(seen) {
  const lines = seen.map(({ client, version, calls, notInstalled }) => {
    if (notInstalled !== undefined) return `| \`${client}\` | ${version} | could not be installed | |`;
    const of = (outcome) => calls.filter((each) => each.outcome === outcome).map(({ what }) => what);
    return `| \`${client}\` | ${version} | ${of('answered').join('; ')} | ${of('refused').join('; ')} |`;
  });
  return squeezed(
    [
      '| client | version | answered | refused, with an error of Dataverse |',
      '| --- | --- | --- | --- |',
      ...lines,
    ].join('\n'),
  );
}

/** The table as the page has it. */
export async function readTable(page) {
  const text = await readFile(page, 'utf8');
  return squeezed(text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)));
}

/** Puts the table in its place on the page. */
export async function writeTable(page, table) {
  const text = await readFile(page, 'utf8');
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  await writeFile(page, `${before}\n${table}\n${text.slice(text.indexOf(end))}`);
}

/** Without the spaces with which columns are lined up. */
function squeezed(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').replace(/-{3,}/g, '---'))
    .concat('')
    .join('\n');
}
