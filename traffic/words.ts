/** A time in words, e.g. "2.5 s". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 100) / 10} s`;
  if (milliseconds < 7_200_000) return `${Math.round(milliseconds / 6_000) / 10} min`;
  return `${Math.round(milliseconds / 360_000) / 10} h`;
}
