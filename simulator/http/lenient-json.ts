const [quote, apostrophe, backslash, firstPrintable] = ['"', "'", '\\', ' '];

/**
 * JSON for texts that the OData library of Dataverse takes as JSON and a strict reader does not: line breaks and tabs
 * within texts, as the article on background operations writes its request, and texts between apostrophes. Anything
 * else that is no JSON is none afterwards either.
 */
export function strictJson(text: string): string {
  const parts: string[] = [];
  let done = 0;
  let open = '';
  const replace = (at: number, length: number, by: string): void => {
    parts.push(text.slice(done, at), by);
    done = at + length;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (open === '') {
      if (sign === apostrophe) replace(at, 1, quote);
      if (sign === apostrophe || sign === quote) open = sign;
    } else if (sign === backslash) {
      if (text.charAt(at + 1) === apostrophe) replace(at, 2, apostrophe);
      at += 1;
    } else if (sign === open) {
      if (sign === apostrophe) replace(at, 1, quote);
      open = '';
    } else if (sign === quote) replace(at, 1, '\\"');
    else if (sign < firstPrintable) replace(at, 1, JSON.stringify(sign).slice(1, -1));
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}
