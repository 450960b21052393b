import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import type { ReadXml } from './xml-reader.ts';
import { xmlSteps } from './xml-reader.ts';

/** Reads a `fetch` element with its attributes. It is short enough to be read at once. */
export function readFetchDocument(text: string): ReadXml {
  const steps = xmlSteps(text, { attributes: true });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { root, error } = step.value;
  if (root === undefined) return { error: invalid(error.message) };
  if (root.local !== 'fetch') return { error: invalid(`The root is '${root.local.slice(0, 50)}'.`) };
  return { root };
}

function invalid(why: string): ApiError {
  return errors.invalidArgument(`Invalid FetchXML. ${why}`);
}

/** A flag of FetchXML: `true` or `1`. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(true|1)$/i.test(text.trim());
}
