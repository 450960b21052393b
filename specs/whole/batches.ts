/** Requests that are under way at the same time. */
const atOnce = 25;

/** Does something for each of many, several at the same time, and gives the results in the order of the many. */
export async function forEach<T, R>(
  many: readonly T[],
  one: (each: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < many.length; from += atOnce) {
    const part = many.slice(from, from + atOnce);
    results.push(...(await Promise.all(part.map((each, index) => one(each, from + index)))));
  }
  return results;
}
