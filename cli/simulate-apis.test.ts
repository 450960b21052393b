import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { apisOf, watchApis } from './simulate-apis.ts';
import { UsageError } from './terminal.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apis '));
  file = path.join(folder, 'custom-apis.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = async () => (await apisOf(file, 1)).map(({ uniqueName }) => uniqueName);

it('names the file, and what is wrong in it', async () => {
  await expect(names()).rejects.toThrow(UsageError);
  await expect(names()).rejects.toThrow(`--apis ${file} cannot be used:\n  it cannot be read`);
  await writeFile(file, '{"customApis": [}');
  await expect(names()).rejects.toThrow('it is not JSON');
  await writeFile(file, '{"customApis": [{"uniqueName": "my_A", "color": 1}]}');
  await expect(names()).rejects.toThrow('customApis[0].color: there is no such key');
});

it('reads JSON with a byte order mark, and modules', async () => {
  await writeFile(file, '\uFEFF{"customApis": [{"uniqueName": "my_A"}]}');
  expect(await names()).toEqual(['my_A']);
  file = path.join(folder, 'custom-apis.mjs');
  await writeFile(file, 'export default { customApis: [{ uniqueName: "my_Module" }] };');
  expect(await names()).toEqual(['my_Module']);
  await writeFile(file, 'export const customApis = [];');
  await expect(names()).rejects.toThrow('its default export has to be an object with "customApis"');
});

it('follows changes of the file; one that cannot be used changes nothing', async () => {
  await writeFile(file, '{"customApis": []}');
  const replaced = vi.fn<(apis: readonly object[]) => void>();
  const notes: string[] = [];
  const stop = watchApis(file, 1, replaced, (line) => notes.push(line));
  try {
    await writeFile(file, '{"customApis": [{"uniqueName": "my_A"}]}');
    await vi.waitFor(() => expect(replaced).toHaveBeenCalledTimes(1), 10_000);
    expect(replaced).toHaveBeenCalledWith([expect.objectContaining({ uniqueName: 'my_A' })]);
    await writeFile(file, '{"customApis": "none at all"}');
    await vi.waitFor(() => expect(notes).toHaveLength(2), 10_000);
    expect(notes[0]).toBe(`${file} has changed: it has 1 of your custom APIs.`);
    expect(notes[1]).toContain('customApis: wanted a list of custom APIs');
    expect(replaced).toHaveBeenCalledTimes(1);
  } finally {
    stop();
  }
});
