/** The ids of the first clauses, and how many more there are: "a.b, a.c, a.d and 4 more". */
export function listed(clauses: readonly { readonly id: string }[], most = 3): string {
  const shown = clauses.slice(0, most).map(({ id }) => id);
  const more = clauses.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
