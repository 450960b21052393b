import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refreshCommand } from '../selftest/catalogue-files.ts';
import { sampleTableFile, withSampleTable } from './sample-table.ts';

it('is up to date on its page', () => {
  const text = readFileSync(new URL(`../${sampleTableFile}`, import.meta.url), 'utf8');
  const message = `${sampleTableFile} is out of date: run \`${refreshCommand}\``;
  expect(withSampleTable(text) === text, message).toBe(true);
});

it('has a line for each parameter and output, and refuses a page without the table', () => {
  const made = withSampleTable('before\n\n| sample custom API | |\n| - | - |\n\nafter\n');
  expect(made).toMatch(/\| `FetchXml` +\| String +\| parameter +\|\n/);
  expect(made).toMatch(/\| `GuidValue` +\| Guid +\| optional parameter, output +\|\n/);
  expect(made).toMatch(/^before\n\n\|[^]*\|\n\nafter\n$/);
  expect(() => withSampleTable('before')).toThrow('has no table that begins with');
});
