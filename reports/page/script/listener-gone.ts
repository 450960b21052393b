import type { Exchange } from '../../../record/evidence.ts';
import { copyButton } from './copy.ts';
import { h, type Child } from './dom.ts';

const listenerPath = /https?:\/\/[^\s"'\\]+\/bgop\/[^\s"'\\]+/i;
const controlUrl = /ControlUrl/i;
const callback = /(?:^|[;,\s])callback\b/i;

/** Whether a request names the suite's listener, which ended with the run: a control address, a callback, a webhook. */
export function namesListener({ headers, body }: Exchange['request']): boolean {
  const prefers = headers.some(([name, value]) => name.toLowerCase() === 'prefer' && callback.test(value));
  const texts = [...headers.map(([, value]) => value), body?.text ?? ''];
  return prefers || controlUrl.test(body?.text ?? '') || texts.some((text) => listenerPath.test(text));
}

/** The same of a command or a file of requests. */
export function textNamesListener(text: string): boolean {
  return controlUrl.test(text) || listenerPath.test(text) || /prefer:[^\n]*callback\b/i.test(text);
}

/** Says that a copied request does not do what it did in the run, and which command does. */
export function listenerWarning(command: string): Child {
  return h(
    'p',
    { class: 'caution' },
    'A copy of this request names the listener of the suite, which ended with the run: calls of the probe and callbacks reach nobody, so the operation goes another way. To repeat it with a listener: ',
    h('code', {}, command),
    ' ',
    copyButton('Copy', () => command),
  );
}
