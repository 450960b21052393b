/** The names of the pairs of state and status code, as the documentation has them. */
const pairNames: Readonly<Record<string, string>> = {
  '0,0': 'Waiting For Resources',
  '2,20': 'In Progress',
  '2,22': 'Canceling',
  '3,30': 'Succeeded',
  '3,31': 'Failed',
  '3,32': 'Canceled',
  '3,*': 'any end: Succeeded, Failed or Canceled',
};

/**
 * The meaning of the pairs of codes in a text, e.g. "(3,32) is Canceled; (3,30) is Succeeded".
 * A pair whose name follows in the text already is left out; undefined when none is left.
 */
export function codesLegend(text: string): string | undefined {
  const found = [...text.matchAll(/\((\d,(?:\d{1,2}|\*))\)/g)].flatMap(
    ({ 0: pair, 1: codes = '', index }) => {
      const name = pairNames[codes];
      if (name === undefined) return [];
      const named = text
        .slice(index + pair.length)
        .trimStart()
        .startsWith(name);
      return named ? [] : [`${pair} is ${name}`];
    },
  );
  return found.length === 0 ? undefined : [...new Set(found)].join('; ');
}
