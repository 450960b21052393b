import { unwatchFile, watchFile } from 'node:fs';
import { loadCustomApis } from '../simulator/custom-apis/custom-apis.ts';
import type { CustomApi } from '../simulator/custom-apis/custom-api.ts';
import { UsageError } from './terminal.ts';

/** Milliseconds between two looks at the file. Polled: that works on mounted folders and for editors that replace files. */
const lookMs = 250;

/** The custom APIs of `--apis FILE`. @throws UsageError that names the file and the keys */
export async function apisOf(file: string, seed: number): Promise<CustomApi[]> {
  return loadCustomApis(file, { seed }).catch((error: unknown) => {
    throw new UsageError(`--apis ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** Reads the file again when it changes; what cannot be used is noted, and what was there stays. Returns the end. */
export function watchApis(
  file: string,
  seed: number,
  replace: (apis: readonly CustomApi[]) => void,
  note: (line: string) => void,
): () => void {
  let reading = Promise.resolve();
  const read = async () => {
    try {
      const apis = await apisOf(file, seed);
      replace(apis);
      note(`${file} has changed: it has ${apis.length} of your custom APIs.`);
    } catch (error) {
      note(`${error instanceof Error ? error.message : String(error)}\nThe custom APIs of before stay.`);
    }
  };
  const changed = () => {
    reading = reading.then(read);
  };
  watchFile(file, { interval: lookMs, persistent: false }, changed);
  return () => {
    unwatchFile(file, changed);
  };
}
