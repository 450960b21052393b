import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, configOfRun, loadConfig, parseConfig } from './config.ts';

function messageOf(input: unknown): string {
  try {
    parseConfig(input, { origin: 'bgop.config.json' });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the configuration was accepted');
}

async function file(name: string, text: string): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bgop config '));
  await writeFile(path.join(directory, name), text);
  return directory;
}

const credentials = {
  kind: 'client-credentials',
  tenantId: 'a',
  clientId: 'b',
  clientSecretEnv: 'BGOP_CLIENT_SECRET',
};

describe('the configuration', () => {
  it('is the embedded simulator with everything on, when nothing is said', () => {
    const config = parseConfig({});
    expect(config.target).toMatchObject({
      kind: 'simulator',
      name: 'built-in simulator',
      apiVersion: 'v9.2',
      clock: { kind: 'virtual', url: '/simulator/clock' },
      callbacks: true,
      table: true,
      sdk: true,
      probe: { kind: 'control', customApi: 'bgop_Probe', displayName: 'Background operation probe' },
    });
    expect(config).toMatchObject({
      listener: { host: '127.0.0.1', port: 0, publicUrl: null },
      knownDeviations: null,
      properties: { runs: 100, regressions: [] },
      slow: false,
    });
    expect(config.properties.seed).toBeTypeOf('number');
  });

  it('assumes little of a target that has an address only', () => {
    const { target } = parseConfig({ target: { kind: 'url', url: 'http://127.0.0.1:8080/' } });
    expect(target).toMatchObject({
      url: 'http://127.0.0.1:8080',
      name: '127.0.0.1:8080',
      auth: { kind: 'none' },
      clock: { kind: 'real' },
      callbacks: true,
      table: true,
    });
    expect(target.events).toBeUndefined();
    expect(target.otherUserAuth).toBeUndefined();
  });

  it('reads the address of a clock relative to the target', () => {
    const at = (url: string) =>
      parseConfig({ target: { kind: 'url', url: 'http://host:1/org', clock: { kind: 'virtual', url } } })
        .target.clock;
    expect(at('/clock')).toEqual({ kind: 'virtual', url: 'http://host:1/clock' });
    expect(at('clock')).toEqual({ kind: 'virtual', url: 'http://host:1/org/clock' });
    expect(at('https://other/clock')).toEqual({ kind: 'virtual', url: 'https://other/clock' });
  });

  it.each([
    [
      { target: { kind: 'urll' } },
      'target.kind: found "urll", expected "simulator" or "url" or "container". Did you mean "url"?',
    ],
    [
      { tarjet: {} },
      'tarjet: found a key that means nothing here, expected no such key. Did you mean "target"?',
    ],
    [
      { target: { kind: 'url' } },
      'Missing "target.url": expected the http or https address of the organization',
    ],
    [
      { target: { kind: 'url', url: 'http://x', auth: { ...credentials, authority: 'http://sign.in' } } },
      'target.auth.authority: found "http://sign.in", expected the https address of the sign-in service; http only on this machine',
    ],
    [{ target: { url: 'http://x' } }, 'target.url: found a key that means nothing here'],
    [{ properties: { runs: 0 } }, 'properties.runs: found 0, expected a whole number from 1'],
    [{ listener: { port: '80' } }, 'listener.port: found "80", expected a port from 0 to 65535'],
    [{ slow: 'yes' }, 'slow: found "yes", expected true or false'],
    [{ target: 5 }, 'target: found 5, expected a JSON object'],
    ['text', 'bgop.config.json: found "text", expected a JSON object'],
    [
      { target: { kind: 'simulator', apiVersion: '9' } },
      'target.apiVersion: found "9", expected a version such as "v9.2"',
    ],
    [
      { target: { kind: 'simulator', probe: { kind: 'fixed' } } },
      'Missing "target.probe.succeeds": expected a JSON object',
    ],
  ])('refuses %j and says what to change', (input, expected) => {
    expect(messageOf(input)).toContain(expected);
  });

  it.each(['http://127.0.0.1:8443/', 'http://localhost:1', 'https://login.microsoftonline.us'])(
    'lets a secret be sent to %s',
    (authority) => {
      const target = { kind: 'url', url: 'http://x', auth: { ...credentials, authority } };
      expect(parseConfig({ target }).target.auth).toMatchObject({ kind: 'client-credentials' });
    },
  );

  it('never repeats what may be a secret', () => {
    const token = 'eyJhbGciOi.secret-part';
    const target = {
      kind: 'url',
      url: 'https://user:pass@host/?sig=abc',
      auth: { kind: 'bearer', tokenEnv: token },
    };
    const message = messageOf({ target });
    for (const secret of [token, 'pass', 'abc']) expect(message).not.toContain(secret);
    expect(message).toContain('target.auth.tokenEnv: found a text that is not repeated here');
  });

  it('names every problem, one a line', () => {
    expect(messageOf({ slow: 1, listener: { host: '' } }).split('\n')).toHaveLength(2);
  });

  it('is found, read and overridden', async () => {
    const directory = await file(
      'bgop.config.json',
      JSON.stringify({ properties: { seed: 7, runs: 3 }, knownDeviations: 'known.json' }),
    );
    const config = await loadConfig({ directory, overrides: { runs: 9, slow: true } });
    expect(config).toMatchObject({ properties: { seed: 7, runs: 9 }, slow: true });
    expect(config.knownDeviations).toBe(path.join(directory, 'known.json'));
  });

  it('may be a TypeScript module', async () => {
    const directory = await file(
      'bgop.config.ts',
      'const seed: number = 5;\nexport default { properties: { seed } };\n',
    );
    expect((await loadConfig({ directory })).properties.seed).toBe(5);
  });

  it('keeps what it says of a target when only the address is given anew', async () => {
    const target = { kind: 'url', url: 'http://old', table: false };
    const directory = await file('bgop.config.json', JSON.stringify({ target }));
    const config = await loadConfig({ directory, target: 'http://new' });
    expect(config.target).toMatchObject({ url: 'http://new', table: false });
    expect((await loadConfig({ directory, target: 'simulator' })).target.kind).toBe('simulator');
  });

  it.each([
    ['broken.json', '{', 'found no JSON'],
    [
      'secret.json',
      '{\n"token": canary"}',
      'secret.json: found no JSON (line 2, column 10: expected a value',
    ],
    ['secret.js', 'JSON.parse(`{"token": canary}`);', 'a fault of its syntax'],
    ['none.ts', 'export const a = 1;', 'found no default export'],
    ['throws.js', 'throw new Error("boom");', 'boom'],
  ])('tells why %s cannot be read', async (name, text, expected) => {
    const directory = await file(name, text);
    const told = await loadConfig({ directory, file: name }).then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    expect(told).toContain(expected);
    expect(told).not.toContain('canary');
  });

  it.each([
    ['the simulator', {}],
    [
      'an address',
      { target: { kind: 'url', url: 'https://contoso.example/', clock: { kind: 'virtual', url: 'clock' } } },
    ],
    [
      'intervals and a budget',
      { polling: { firstMs: 90_000 }, budget: { requests: 9 }, knownDeviations: 'known.json' },
    ],
    ['a container', { target: { kind: 'container', image: 'a', port: 1, env: { TOKEN: 'x' } } }],
  ])('reaches the workers as it is: %s', (_, input) => {
    const config = parseConfig(input);
    const sent = (one: unknown): Record<string, unknown> =>
      JSON.parse(JSON.stringify(one)) as Record<string, unknown>;
    expect(configOfRun({ config: sent(config) })).toEqual(config);
    const reached = { ...config, target: { ...config.target, reachedAt: 'http://127.0.0.1:7' } };
    expect(configOfRun({ config: sent(reached) })).toEqual(reached);
  });

  it('is checked once more in the workers, and is needed there', () => {
    expect(() => configOfRun(undefined)).toThrow('This process belongs to no run');
    expect(() => configOfRun({ config: { slow: 'yes' } })).toThrow(/the plan of the run.*slow/s);
  });
});
