import { createHash } from 'node:crypto';
import { Html, html } from '../html.ts';

/** What a page consists of, besides what every page has. */
export interface Document {
  readonly title: string;
  /** Everything inside `body`, before the scripts. */
  readonly body: Html;
  readonly style: string;
  /** Blocks of data that no browser runs. */
  readonly data?: Html;
  readonly script?: string;
}

/** A whole HTML document: one file, no request to anywhere, and nothing runs but the one script that is named by its hash. */
export function htmlDocument({ title, body, style, data, script }: Document): string {
  if (/<\/script|<!--/i.test(script ?? '') || /<\/style/i.test(style)) {
    throw new Error('The page’s script or style holds a text that would end its element.');
  }
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src '${hash(script)}'`]),
    `style-src '${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${element('style', '', style)}
      </head>
      <body>
        ${body} ${data} ${script !== undefined && element('script', '', script)}
      </body>
    </html> `.text;
}

/** A block of data for the page's script; `text` must be free of `<`. */
export function dataBlock(id: string, type: string, text: string): Html {
  return element('script', html` type="${type}" id="${id}"`.text, text);
}

/** An element whose text is not touched: its hash stands in the policy. */
function element(name: string, attributes: string, text: string): Html {
  return new Html(`<${name}${attributes}>${text}</${name}>\n`);
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
