/** Bytes that are fetched at a time; a GUID takes 16. */
const pool = new Uint8Array(4096);
let used = pool.length;

const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const dash = 45;

/** The digit of the upper, and of the lower half of a byte. */
const high = (at: number): number => digits[(pool[at] ?? 0) >> 4] ?? 0;
const low = (at: number): number => digits[(pool[at] ?? 0) & 15] ?? 0;

/**
 * A new random GUID (version 4) in lower case. `crypto.randomUUID` puts its text together from parts, and each
 * reader pays for that; this one comes in one piece.
 */
export function newGuid(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const at = used;
  used += 16;
  pool[at + 6] = ((pool[at + 6] ?? 0) & 15) | 0x40;
  pool[at + 8] = ((pool[at + 8] ?? 0) & 63) | 0x80;
  return String.fromCharCode(
    high(at),
    low(at),
    high(at + 1),
    low(at + 1),
    high(at + 2),
    low(at + 2),
    high(at + 3),
    low(at + 3),
    dash,
    high(at + 4),
    low(at + 4),
    high(at + 5),
    low(at + 5),
    dash,
    high(at + 6),
    low(at + 6),
    high(at + 7),
    low(at + 7),
    dash,
    high(at + 8),
    low(at + 8),
    high(at + 9),
    low(at + 9),
    dash,
    high(at + 10),
    low(at + 10),
    high(at + 11),
    low(at + 11),
    high(at + 12),
    low(at + 12),
    high(at + 13),
    low(at + 13),
    high(at + 14),
    low(at + 14),
    high(at + 15),
    low(at + 15),
  );
}
