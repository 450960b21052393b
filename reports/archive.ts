import { unzipSync } from 'fflate';

/** What an archive may hold at most: it may have been made by anybody. */
export interface ArchiveLimits {
  /** Bytes of all files together, unpacked. */
  readonly bytes: number;
  readonly files: number;
}

/** The limits of an archive with reports. */
const archiveLimits: ArchiveLimits = { bytes: 512 * 1024 * 1024, files: 50_000 };

/**
 * Unpacks an archive in memory: plain files with names that stay inside of it, each once. A link in an archive is
 * never made one: it is a file with a text.
 *
 * @param wanted which files are unpacked; all are looked at
 * @returns the files by name, or why it is refused, in a sentence without subject
 */
export function readArchive(
  archive: Uint8Array,
  limits: ArchiveLimits = archiveLimits,
  wanted: (name: string) => boolean = () => true,
): Readonly<Record<string, Uint8Array>> | string {
  const names = new Set<string>();
  let size = 0;
  try {
    return unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        const problem = nameProblem(name);
        if (problem !== undefined)
          throw new Error(`it has a file ${JSON.stringify(name.slice(0, 200))}, ${problem}`);
        if (names.has(name)) throw new Error(`it has the file ${JSON.stringify(name)} twice`);
        names.add(name);
        size += originalSize;
        if (size > limits.bytes) throw new Error(`it unpacks to more than ${limits.bytes} bytes`);
        if (names.size > limits.files) throw new Error(`it has more than ${limits.files} files`);
        return wanted(name);
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Why a name must not be unpacked, on any system. */
function nameProblem(name: string): string | undefined {
  if (name === '' || name.length > 1_000) return 'whose name has no fitting length';
  if (/^[/\\]|^[A-Za-z]:/.test(name)) return 'whose path is absolute';
  if (name.split(/[/\\]/).includes('..')) return 'which would be outside of its folder';
  if (name.includes('\\') || /\p{Cc}/u.test(name)) return 'whose name no archive of this suite has';
  return name.split('/').includes('__proto__') ? 'whose name no archive of this suite has' : undefined;
}
