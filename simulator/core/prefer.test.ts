import { describe, expect, it } from 'vitest';
import { parsePrefer } from './prefer.ts';

const url = 'https://receiver/x?sig=a,b;c=d';

describe('parsePrefer', () => {
  it.each([
    [['respond-async,odata.callback;url="' + url + '"']],
    [['Respond-Async , ODATA.Callback ; URL = "' + url + '"']],
    [['odata.callback; url="' + url + '"; unknown=1', 'respond-async']],
    [[', ,wait=10,respond-async;x="a,b",,odata.callback;;url="' + url + '",']],
    [['respond-async, odata.callback;url="' + url + '", odata.callback;url="https://other/"']],
  ])('reads %j', (fields) => {
    const list = parsePrefer(fields);
    expect(list.has('respond-async')).toBe(true);
    expect(list.get('odata.callback')?.parameters.get('url')).toBe(url);
  });

  it('resolves escapes in quoted strings', () => {
    expect(parsePrefer(['a="x\\"y\\\\z"']).get('a')?.value).toBe('x"y\\z');
  });

  it('takes a quoted string that never ends up to the end', () => {
    const list = parsePrefer(['odata.callback;url="https://x/,respond-async']);
    expect(list.has('respond-async')).toBe(false);
    expect(list.get('odata.callback')?.parameters.get('url')).toBe('https://x/,respond-async');
  });

  it('does not find a preference inside another', () => {
    const list = parsePrefer(['x="respond-async", not-respond-async, y; respond-async']);
    expect(list.has('respond-async')).toBe(false);
  });
});
