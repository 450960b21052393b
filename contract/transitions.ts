/** The changes of state and status that the lifecycle allows, with the states between left out or not. */
const allowed: ReadonlySet<string> = new Set([
  '0,0>2,20',
  '0,0>2,22',
  '0,0>3,30',
  '0,0>3,31',
  '0,0>3,32',
  '2,20>0,0',
  '2,20>2,22',
  '2,20>3,30',
  '2,20>3,31',
  '2,20>3,32',
  '2,22>3,30',
  '2,22>3,31',
  '2,22>3,32',
]);

/**
 * Whether some run of the lifecycle leads from one pair of codes to another, e.g. from "0,0" to "3,30":
 * observations may lie far apart, so that the states between were not seen.
 */
export function isAllowedTransition(from: string, to: string): boolean {
  return from === to || allowed.has(`${from}>${to}`);
}
