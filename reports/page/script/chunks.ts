import type { PageChunk, PageData } from './data.ts';
import { gunzipNow } from './inflate.ts';

/** The page's data, from the block that the renderer put there. */
export function readData(): PageData {
  const block = document.getElementById('data');
  return JSON.parse(block?.textContent ?? '{}') as PageData;
}

const unpackedChunks = new Map<string, PageChunk>();

/** The checks of a clause at once, for those who cannot wait: a browser that prints. */
export function loadChunkNow(id: string): PageChunk {
  const known = unpackedChunks.get(id);
  if (known !== undefined) return known;
  const block = document.getElementById(`chunk-${id}`);
  if (block === null) return [];
  const chunk = JSON.parse(new TextDecoder().decode(gunzipNow(bytesOf(block.textContent)))) as PageChunk;
  unpackedChunks.set(id, chunk);
  return chunk;
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

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
}

async function unpack(base64: string): Promise<string> {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).text();
}
