import type { Pretty } from './pretty.ts';

/** A deeper element is not indented further, so that no depth makes a text long. */
const deepestElement = 24;
const xmlToken = /<(?:"[^"<]*"|'[^'<]*'|[^'"<>])*>|<[^<]*|[^<]+/g;

/**
 * XML printed with one element a line; text between two tags of one element stays as it is. XML that was cut is
 * printed as far as it goes. Undefined for any other text, and for a page in HTML.
 */
export function prettyXml(text: string): Pretty | undefined {
  if (!/^\s*<(?:\?xml|[\w.-]+:?\w*[\s/>])/.test(text) || /^\s*<html\b/i.test(text)) return undefined;
  const tokens = text.match(xmlToken) ?? [];
  let level = 0;
  let printed = '';
  tokens.forEach((one, index) => {
    const [before = '', after = ''] = [tokens[index - 1], tokens[index + 1]];
    const line = (): string => (printed === '' ? '' : `\n${'  '.repeat(Math.min(level, deepestElement))}`);
    if (one.startsWith('</')) {
      level = Math.max(0, level - 1);
      const leaf = opensElement(before) || (!before.startsWith('<') && opensElement(tokens[index - 2] ?? ''));
      printed += leaf ? one : line() + one;
    } else if (one.startsWith('<')) {
      printed += line() + one;
      if (opensElement(one)) level += 1;
    } else if (opensElement(before) && (after === '' || after.startsWith('</'))) {
      printed += one;
    } else if (one.trim() !== '') {
      printed += line() + one.trim();
    }
  });
  return { text: printed, opened: printed !== text };
}

function opensElement(one: string): boolean {
  return /^<[^/?!]/.test(one) && !one.endsWith('/>');
}
