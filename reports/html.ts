import { visibleText } from './page/script/text.ts';

/** A piece of HTML that is safe to insert as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Value = Html | string | number | false | undefined | readonly Value[];

/** A template of HTML: every value is escaped, unless it is HTML itself; `false` and `undefined` vanish. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    parts.map(tight).reduce((text, part, index) => `${text}${inserted(values[index - 1])}${part}`),
  );
}

/** Indentation is for the reader of the source; a page with thousands of rows is better off without. */
function tight(part: string): string {
  return part.replaceAll(/\s*\n\s*/g, '\n');
}

function inserted(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return (value as readonly Value[]).map(inserted).join('');
  return escapeHtml(visibleText(String(value)));
}

/** Text as HTML content or attribute value. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A value as JSON that can stand in a script element: nothing in it can end the element or start a comment. */
export function jsonForScript(value: unknown): Html {
  const text = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? member.toWellFormed() : member,
  );
  return new Html(
    text
      .replaceAll('<', '\\u003c')
      .replaceAll('>', '\\u003e')
      .replaceAll('&', '\\u0026')
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029'),
  );
}

/** Text of the catalogue: what stands in back quotes becomes code. */
export function prose(text: string): Html {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}
