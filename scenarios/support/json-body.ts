import { isObject } from '../../harness/answer.ts';
import { show } from '../../harness/expect.ts';
import { oddForm, parseJson } from '../../harness/json.ts';
import { Broken } from '../../harness/test.ts';

/**
 * Holds a body against the form of a JSON object. What nobody sees is named: a byte order mark, which
 * no sender may write before JSON (RFC 8259, 8.1) though readers may pass it over, null characters,
 * another encoding, or nesting beyond what is read.
 */
export function expectJsonObject(text: string, subject: string): void {
  const odd = oddForm(text);
  if (odd === undefined && isObject(parseJson(text))) return;
  throw new Broken(subject, 'a JSON object', `${show(text)}${odd === undefined ? '' : `, which ${odd}`}`);
}
