/** The names nearest to a misspelt one, best first, at most `count`; empty when none is near. */
function suggest(word: string, names: Iterable<string>, count = 3): string[] {
  const wanted = word.toLowerCase();
  const near: { name: string; distance: number }[] = [];
  for (const name of names) {
    const candidate = name.toLowerCase();
    const distance =
      wanted.length > 2 && candidate.includes(wanted)
        ? 1
        : Math.min(
            editDistance(wanted, candidate),
            // Somebody who left out the end may have misspelt the beginning, too.
            editDistance(wanted, candidate.slice(0, wanted.length)) + 1,
          );
    if (distance <= Math.max(2, Math.floor(wanted.length / 3))) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance);
  return near.slice(0, count).map(({ name }) => name);
}

/** "Did you mean …?" for a misspelt name; undefined when nothing is near. */
export function didYouMean(word: string, names: Iterable<string>): string | undefined {
  const near = suggest(word, names);
  return near.length === 0 ? undefined : `Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
