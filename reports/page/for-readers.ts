/**
 * A sentence of terminal and log in the words of the page: who reads a report meets *requirements*, and a
 * MUST by that name; elsewhere they are clauses.
 */
export function forReaders(text: string): string {
  return text
    .replaceAll(/\brequired clause(?=s?\b)/g, 'MUST requirement')
    .replaceAll(/\brecommended clause(?=s?\b)/g, 'SHOULD requirement')
    .replaceAll(/\bclause(?=s?\b)/g, 'requirement');
}
