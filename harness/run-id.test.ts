import { describe, expect, it } from 'vitest';
import { Channel, Listener } from './listener.ts';
import { isRunId, newRunId, registrationName, runOfAddress, runOfName, workerMark } from './run-id.ts';

const channel = (): Channel => new Channel('probe', () => ({ status: 200 }));

describe('the mark of a run', () => {
  it('is found again in the names of registrations, whichever worker made them', () => {
    const id = newRunId();
    expect(runOfName(registrationName(workerMark(id, 0)))).toBe(id);
    expect(runOfName(registrationName(workerMark(id, 12)))).toBe(id);
    expect(runOfName(`${registrationName(workerMark(id, 12))} Größe 東京`)).toBe(id);
    expect(runOfName(registrationName(workerMark('nightly-7', 1)))).toBe('nightly-7');
  });

  it.each(['Contoso audit', 'bgop conformance', 'bgop conformance x', 'my bgop conformance 1a2b3c4d-0'])(
    'is not seen in the name "%s"',
    (name) => {
      expect(runOfName(name)).toBeUndefined();
    },
  );

  it('is found again in whatever names an address of the listener', () => {
    const listener = new Listener('https://tunnel.example/deep');
    listener.mark = workerMark('1a2b3c4d', 3);
    const { url } = listener.open(channel(), '/more?sig=bgop-1');
    expect(runOfAddress(url)).toBe('1a2b3c4d');
    expect(runOfAddress(JSON.stringify([{ Key: 'ControlUrl', Value: url }]))).toBe('1a2b3c4d');
    expect(runOfAddress('https://tunnel.example/bgop/events')).toBeUndefined();
  });

  it('does not keep the listener from finding its channels', async () => {
    const listener = new Listener('http://listener.test');
    const ask = (url: string) =>
      listener.handle({ method: 'POST', path: new URL(url).pathname, query: '', headers: [], body: '' });
    const plain = listener.open(channel(), '/events/deadbeef');
    listener.mark = workerMark('deadbeef', 0);
    const marked = listener.open(channel(), '/more');
    expect(await ask(plain.url)).toEqual({ status: 200 });
    expect(await ask(marked.url)).toEqual({ status: 200 });
    expect(await ask(`${marked.url.slice(0, -10)}0000`)).toEqual({ status: 404 });
  });
});

describe('the id of a run', () => {
  it.each(['a', '1a2b3c4d', 'nightly-2026-01-31', 'x'.repeat(40)])('may be "%s"', (id) => {
    expect(isRunId(id)).toBe(true);
  });

  it.each(['', '-a', 'a-', 'a b', 'a/b', 'x'.repeat(41), 'ä'])('may not be "%s"', (id) => {
    expect(isRunId(id)).toBe(false);
  });
});
