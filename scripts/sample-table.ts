import type { CustomApi } from '../simulator/custom-apis/custom-api.ts';
import { cleanupSample, echoSample, exportSample } from '../simulator/custom-apis/samples.ts';

/** The page with a table of the simulator's sample custom APIs. */
export const sampleTableFile = 'docs/client-tests.md';

const head = ['sample custom API', 'takes or returns', 'type', ''];
const table = /\| sample custom API .*\n(?:\|.*\n)+/;

/** The page's text with the table as the code has it. Throws if the page has no such table. */
export function withSampleTable(text: string): string {
  if (!table.test(text)) {
    throw new Error(`${sampleTableFile} has no table that begins with "| ${head.join(' | ')}|".`);
  }
  return text.replace(table, () => aligned([exportSample, echoSample, cleanupSample].flatMap(rowsOf)));
}

function rowsOf({ uniqueName, parameters, properties }: CustomApi): string[][] {
  const names = new Set([...parameters, ...properties].map((each) => each.uniqueName));
  if (names.size === 0) return [[`\`${uniqueName}\``, 'nothing', '', '']];
  return [...names].map((name, index) => {
    const taken = parameters.find((each) => each.uniqueName === name);
    const returned = properties.find((each) => each.uniqueName === name);
    const uses = [taken && (taken.optional ? 'optional parameter' : 'parameter'), returned && 'output'];
    const type = (taken ?? returned)?.type ?? '';
    return [
      index === 0 ? `\`${uniqueName}\`` : '',
      `\`${name}\``,
      type,
      uses.filter((use) => use !== undefined).join(', '),
    ];
  });
}

/** A table of Markdown whose columns are lined up, as the formatter wants them. */
function aligned(body: readonly string[][]): string {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...body.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |\n`;
  return [line(head), line([], '-'), ...body.map((row) => line(row))].join('');
}
