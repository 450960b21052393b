import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { UnfinishedError, type Terminal } from '../terminal.ts';
import type { Asker } from './asker.ts';
import { configurationOf, secretsIn, type WrittenConfiguration } from './configuration.ts';
import { init, type InitCommandOptions } from './init.ts';
import type { InitOptions } from './options.ts';

let output: string;
const lines: string[] = [];
const take = (line: string): void => void lines.push(line);
const terminal: Terminal = { out: take, err: take, document: take };

beforeEach(async () => {
  output = path.join(await mkdtemp(path.join(tmpdir(), 'bgop init ')), 'bgop.config.json');
  lines.length = 0;
});

/** Runs it with nobody to ask, unless there is. */
function run(options: InitOptions & Partial<InitCommandOptions>, asker?: Asker): Promise<number> {
  const ask = asker === undefined ? undefined : () => Promise.resolve(asker);
  return init({ output, ...(asker === undefined ? { yes: true } : {}), ...options }, terminal, ask);
}

async function written(): Promise<WrittenConfiguration> {
  return JSON.parse(await readFile(output, 'utf8')) as WrittenConfiguration;
}

/** Answers questions that contain the given words; any other question ends the test. */
function scripted(answers: Readonly<Record<string, string | boolean>>): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (message: string): string | boolean => {
    asked.push(message);
    const found = Object.entries(answers).find(([words]) => message.includes(words));
    if (found === undefined) throw new Error(`Nobody expected to be asked: ${message}`);
    return found[1];
  };
  return {
    asked,
    choose: (message, choices) => {
      const value = answer(message);
      const chosen = choices.find((one) => one.value === value);
      if (chosen === undefined) throw new Error(`No such choice: ${String(value)}`);
      return Promise.resolve(chosen.value);
    },
    text: (message, trouble, fallback) => {
      const typed = String(answer(message));
      const wrong = typed === '' && fallback !== undefined ? undefined : trouble(typed);
      if (wrong !== undefined) throw new Error(wrong);
      return Promise.resolve(typed === '' ? (fallback ?? '') : typed);
    },
    confirm: (message) => Promise.resolve(answer(message) === true),
  };
}

const url = 'https://contoso.example';

describe('a configuration from options', () => {
  const cases: [string, InitOptions, object][] = [
    ['nothing', {}, { kind: 'simulator' }],
    [
      'an address',
      { url },
      { kind: 'url', url, auth: { kind: 'none' }, clock: { kind: 'real' }, table: true },
    ],
    [
      'a container',
      { image: 'contoso:1', containerPort: 80, waitFor: '/ready', clockUrl: '/clock' },
      { kind: 'container', port: 80, waitFor: '/ready', clock: { kind: 'virtual', url: '/clock' } },
    ],
    [
      'tokens',
      { url, auth: 'bearer', otherTokenEnv: 'OTHER', unprivilegedTokenEnv: 'WEAK' },
      {
        auth: { kind: 'bearer', tokenEnv: 'BGOP_TOKEN' },
        otherUserAuth: { kind: 'bearer', tokenEnv: 'OTHER' },
        unprivilegedAuth: { kind: 'bearer', tokenEnv: 'WEAK' },
      },
    ],
    [
      'applications',
      { url, tenantId: 't', clientId: 'a', otherClientId: 'b', unprivilegedClientId: 'c', scope: 's' },
      {
        auth: {
          kind: 'client-credentials',
          tenantId: 't',
          clientId: 'a',
          clientSecretEnv: 'BGOP_CLIENT_SECRET',
          scope: 's',
        },
        otherUserAuth: { clientId: 'b', tenantId: 't', clientSecretEnv: 'BGOP_CLIENT_SECRET_OTHER' },
        unprivilegedAuth: { clientId: 'c', clientSecretEnv: 'BGOP_CLIENT_SECRET_UNPRIVILEGED' },
      },
    ],
    [
      'the machine',
      { url, auth: 'default-azure-credential' },
      { auth: { kind: 'default-azure-credential' } },
    ],
    [
      'the simulator’s users',
      { url, auth: 'simulator-user' },
      { unprivilegedAuth: { kind: 'simulator-user', user: 'unprivileged' } },
    ],
    [
      'fixed custom APIs',
      { url, succeeds: 'contoso_A', fails: 'contoso_B' },
      { probe: { kind: 'fixed', succeeds: { name: 'contoso_A' }, fails: { name: 'contoso_B' } } },
    ],
    [
      'what is offered',
      { url, events: 'preregistered', table: 'no', callbacks: 'no', sdk: 'yes', customApi: 'x_Probe' },
      {
        events: { kind: 'preregistered' },
        table: false,
        callbacks: false,
        sdk: true,
        probe: { customApi: 'x_Probe' },
      },
    ],
  ];

  it.each(cases)('that tell %s is one that can be loaded', async (_what, options, target) => {
    expect(await run(options)).toBe(0);
    const value = await written();
    expect(value.target).toMatchObject(target);
    expect(() => parseConfig(value)).not.toThrow();
  });

  it('keeps the listener, and tells which variables must be set', async () => {
    await run({ url, tokenEnv: 'CONTOSO_TOKEN', publicUrl: 'https://tunnel.example', listenerPort: 8443 });
    expect((await written()).listener).toEqual({ publicUrl: 'https://tunnel.example', port: 8443 });
    expect(lines.join('\n')).toContain('export CONTOSO_TOKEN=…');
    expect(secretsIn(configurationOf({ url, clientId: 'c', tenantId: 't' }))).toEqual(['BGOP_CLIENT_SECRET']);
  });

  it.each([
    [{ kind: 'url' }, '--url must be given'],
    [{ kind: 'container' }, '--image, --container-port must be given'],
    [{ url, auth: 'client-credentials' }, '--tenant-id, --client-id must be given'],
    [{ url, probe: 'fixed' }, '--succeeds must be given'],
    [{ url, clock: 'virtual' }, '--clock-url must be given'],
    [{ url, publicUrl: 'https://tunnel.example' }, '--listener-port must be given'],
    [{ clockUrl: '/clock' }, '--clock-url: the built-in simulator needs no such thing'],
    [{ url: 'contoso' }, 'target.url: found "contoso"'],
    [{ url, tokenEnv: 'eyJhbGciOiJIUzI1NiJ9.e30' }, 'found a text that is not repeated here'],
  ] satisfies [InitOptions, string][])('%j is refused', async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
    await expect(written()).rejects.toThrow('ENOENT');
  });

  it('overwrites only when it is told to', async () => {
    await writeFile(output, 'mine');
    await expect(run({})).rejects.toThrow('is there already');
    await expect(run({}, scripted({}))).rejects.toThrow('is there already');
    expect(await readFile(output, 'utf8')).toBe('mine');
    expect(await run({ force: true })).toBe(0);
    expect(await written()).toEqual({ target: { kind: 'simulator' } });
  });
});

describe('a configuration from answers', () => {
  it('asks about nothing but the kind for the built-in simulator', async () => {
    const asker = scripted({ 'What is to be tested': 'simulator' });
    await run({}, asker);
    expect(asker.asked).toHaveLength(1);
    expect(await written()).toEqual({ target: { kind: 'simulator' } });
  });

  it('asks all that matters for a tenant', async () => {
    const answers = {
      'What is to be tested': 'url',
      'Its address': url,
      'How does the suite sign in': 'client-credentials',
      'Application (client) id of that user': 'other-app',
      'Directory (tenant)': 'tenant',
      'Application (client) id': 'app',
      'Name of the environment variable': '',
      'another user with the same': true,
      'user without the privileges': false,
      'Which custom API': 'control',
      'unique name': '',
      Clock: 'real',
      'the table': true,
      'call back': false,
      'Can events': 'webhook-step',
      'organization service': false,
      'Public address': 'https://tunnel.example',
      'Port to which': '8443',
    };
    await run({}, scripted(answers));
    const value = await written();
    expect(value.target).toMatchObject({
      url,
      auth: { clientId: 'app', tenantId: 'tenant', clientSecretEnv: 'BGOP_CLIENT_SECRET' },
      otherUserAuth: { clientId: 'other-app', tenantId: 'tenant' },
      probe: { kind: 'control', customApi: 'bgop_Probe' },
      callbacks: false,
      events: { kind: 'webhook-step' },
    });
    expect(value.target).not.toHaveProperty('unprivilegedAuth');
    expect(value.listener).toEqual({ port: 8443, publicUrl: 'https://tunnel.example' });
  });

  it('asks nothing that an option tells already', async () => {
    const told: InitOptions = {
      url: 'http://127.0.0.1:8080',
      auth: 'none',
      probe: 'control',
      customApi: 'x_Probe',
      clock: 'real',
      table: 'yes',
      callbacks: 'yes',
      events: 'none',
      sdk: 'no',
    };
    const asker = scripted({});
    await run(told, asker);
    expect(asker.asked).toEqual([]);
  });

  it('goes through containers, tokens, fixed custom APIs and clocks', async () => {
    const answers = {
      'What is to be tested': 'container',
      'Name of the image': 'contoso:1',
      'Port on which': '8080',
      'How does the suite sign in': 'bearer',
      'holds the token': 'CONTOSO_TOKEN',
      'another user with the same': true,
      'user without the privileges': true,
      'Variable with that': '',
      'Which custom API': 'fixed',
      'one that succeeds': 'contoso_A',
      'one that fails': '',
      Clock: 'virtual',
      'clock interface': '/clock',
      'the table': false,
      'call back': true,
      'Can events': 'none',
      'organization service': true,
    };
    await run({}, scripted(answers));
    expect((await written()).target).toEqual({
      kind: 'container',
      image: 'contoso:1',
      port: 8080,
      auth: { kind: 'bearer', tokenEnv: 'CONTOSO_TOKEN' },
      otherUserAuth: { kind: 'bearer', tokenEnv: 'BGOP_TOKEN_OTHER' },
      unprivilegedAuth: { kind: 'bearer', tokenEnv: 'BGOP_TOKEN_UNPRIVILEGED' },
      probe: { kind: 'fixed', succeeds: { name: 'contoso_A', body: {}, outputs: {} } },
      clock: { kind: 'virtual', url: '/clock' },
      callbacks: true,
      table: false,
      sdk: true,
    });
  });
});

describe('a configuration from nobody', () => {
  it('is not written', async () => {
    const gone: Asker = {
      ...scripted({}),
      choose: () => Promise.reject(new UnfinishedError('cancelled; nothing was written.')),
    };
    await expect(run({}, gone)).rejects.toThrow('cancelled');
    await expect(written()).rejects.toThrow('ENOENT');
  });
});
