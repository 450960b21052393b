/** The longest token that is sent, in characters: servers refuse more of all header fields together. */
const longest = 32 * 1024;

/** Why no header field can carry a token, in words that follow "the value"; undefined where one can. */
export function uncarriable(token: string): string | undefined {
  if (/[\r\n]/.test(token.trim())) return 'has a line break in its middle';
  if (/[\r\n]/.test(token)) return 'begins or ends with a line break';
  if (token !== token.trim()) return 'begins or ends with a space';

  if (/[\u0000-\u001F\u007F]/.test(token)) return 'contains a control character';
  if (/[^\u0020-\u007E]/.test(token)) return 'contains characters that are no ASCII';
  return token.length > longest ? `is ${token.length} characters long` : undefined;
}

/**
 * Whether a text is by all appearance the name of an environment variable, and no secret that was put
 * in its place: words of one case, with underscores between them.
 */
export function looksLikeName(text: string): boolean {
  return /^(?:[A-Z]{1,20}|[a-z]{1,20}|[A-Z][a-z]{1,19})\d{0,2}(?:_(?:[A-Z]{1,20}|[a-z]{1,20}|[A-Z][a-z]{1,19}|\d{1,3})\d{0,2})*$/.test(
    text,
  );
}
