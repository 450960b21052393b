/** The `Prefer` header, read as RFC 7240 has it. */

/**
 * The preferences by lower-case name. Of a preference or parameter that stands twice, the first counts.
 *
 * @param {string | undefined} header  all `Prefer` fields of the request, joined by commas
 * @returns {Map<string, { value: string, parameters: Map<string, string> }>}
 */
export function parsePrefer(header) {
  const preferences = new Map();
  for (const element of splitUnquoted(header ?? '', ',')) {
    const [head, ...rest] = splitUnquoted(element, ';');
    const [name, value] = nameAndValue(head);
    if (name === '' || preferences.has(name)) continue;
    const parameters = new Map();
    for (const parameter of rest) {
      const [key, content] = nameAndValue(parameter);
      if (key !== '' && !parameters.has(key)) parameters.set(key, content);
    }
    preferences.set(name, { value, parameters });
  }
  return preferences;
}

/**
 * Whether the operation was asked to run in the background, and where its callback is to go.
 * The callback counts only beside `respond-async`, and only with an http(s) address; the plain
 * `callback` of later OData versions is to this server a preference like any unknown one.
 */
export function asyncWishes(preferences) {
  const respondAsync = preferences.get('respond-async')?.value === '';
  const url = preferences.get('odata.callback')?.parameters.get('url') ?? '';
  return { respondAsync, callbackUrl: respondAsync && /^https?:\/\/[^/?#]/i.test(url) ? url : null };
}

/**
 * A test of annotation names against `odata.include-annotations`: a list of names, `*` and
 * `namespace.*`, where a leading minus takes out again.
 */
export function annotationsWanted(preferences) {
  const patterns = (preferences.get('odata.include-annotations')?.value ?? '')
    .split(',')
    .map((one) => one.trim());
  const covers = (pattern, name) =>
    pattern === '*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));
  return (name) =>
    patterns.some((pattern) => covers(pattern, name)) &&
    !patterns.some((pattern) => pattern.startsWith('-') && covers(pattern.slice(1), name));
}

function nameAndValue(text) {
  const equals = text.indexOf('=');
  if (equals === -1) return [text.trim().toLowerCase(), ''];
  return [text.slice(0, equals).trim().toLowerCase(), unquote(text.slice(equals + 1).trim())];
}

function unquote(text) {
  const [, inner] = /^"((?:[^"\\]|\\.)*)"?/s.exec(text) ?? [];
  return inner === undefined ? text : inner.replace(/\\(.)/gs, '$1');
}

function splitUnquoted(text, separator) {
  const parts = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === separator && !quoted) {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += letter;
    if (letter === '"') quoted = !quoted;
    else if (letter === '\\' && quoted && at + 1 < text.length) parts[parts.length - 1] += text[(at += 1)];
  }
  return parts;
}
