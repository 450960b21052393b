import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isRecord, textOf } from './values.ts';

/** Bytes of a file with a body at most. */
const mostBytes = 4 * 1024 * 1024;

/** Reads a body that an archive keeps in a file of its own; undefined where there is none. */
export type ReadAttached = (file: string) => string | undefined;

/** Reads the files that Playwright writes beside an archive (`content: 'attach'`), from that folder alone. */
export function attachedIn(folder: string): ReadAttached {
  return (file) => {
    if (file === '' || file !== path.basename(file)) return undefined;
    const whole = path.join(folder, file);
    const found = statSync(whole, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size <= mostBytes ? readFileSync(whole, 'utf8') : undefined;
  };
}

/** The entry with the bodies that stand in files of their own, where they are text. */
export function withAttached(entry: unknown, read: ReadAttached): unknown {
  if (!isRecord(entry) || !isRecord(entry['request']) || !isRecord(entry['response'])) return entry;
  const { request, response } = entry;
  const content = withText(response['content'], read);
  const postData = withText(request['postData'], read);
  return { ...entry, request: { ...request, postData }, response: { ...response, content } };
}

function withText(body: unknown, read: ReadAttached): unknown {
  if (!isRecord(body) || textOf(body['text']) !== '') return body;
  if (!/json|xml|text|multipart/i.test(textOf(body['mimeType']))) return body;
  const text = read(textOf(body['_file']));
  return text === undefined ? body : { ...body, text, encoding: undefined };
}
