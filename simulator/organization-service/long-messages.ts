import { errors } from '../web-api/errors.ts';
import type { ReadXml } from './xml-reader.ts';
import { readXml, stepLength } from './xml-reader.ts';

/** Characters of messages that wait to be read, at most. */
const mostWaiting = 64 * 1024 * 1024;

/**
 * Reads messages, short ones at once and long ones one after the other: a tree of 200,000 elements takes tens of
 * megabytes, so that many of them side by side would take all memory.
 */
export class LongMessages {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  read(text: string): ReadXml | Promise<ReadXml> {
    if (text.length <= stepLength) return readXml(text);
    if (this.#waiting + text.length > mostWaiting) return { error: errors.noRoom() };
    this.#waiting += text.length;
    const read = this.#last.then(() => readXml(text));
    this.#last = read;
    return read.finally(() => {
      this.#waiting -= text.length;
    });
  }
}
