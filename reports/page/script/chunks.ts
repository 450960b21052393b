import type { PageChunk, PageData } from './data.ts';

/** The page's data, from the block that the renderer put there. */
export function readData(): PageData {
  const block = document.getElementById('data');
  return JSON.parse(block?.textContent ?? '{}') as PageData;
}

const unpackedChunks = new Map<string, PageChunk>();

/** The checks of a clause if they have been unpacked already. */
export function knownChunk(id: string): PageChunk | undefined {
  return unpackedChunks.get(id);
}

/** The checks of a clause, unpacked when first asked for. */
export async function loadChunk(id: string): Promise<PageChunk> {
  const known = unpackedChunks.get(id);
  if (known !== undefined) return known;
  const block = document.getElementById(`chunk-${id}`);
  const chunk = block === null ? [] : (JSON.parse(await unpack(block.textContent)) as PageChunk);
  unpackedChunks.set(id, chunk);
  return chunk;
}

async function unpack(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).text();
}
