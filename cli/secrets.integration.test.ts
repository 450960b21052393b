import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, unzipSync } from 'fflate';
import { afterEach, expect, it } from 'vitest';
import { replayToken } from '../harness/replay.ts';
import { defaultUsers } from '../simulator/simulator.ts';
import type { User } from '../simulator/situation.ts';
import { emptyFolder, resultIn, start } from './fixtures/bgop.ts';
import { makeCertificates } from './fixtures/certificates.ts';
import { encodings, startEchoingTarget } from './fixtures/echoing-target.ts';
import { startProxy } from './fixtures/proxy.ts';
import { startTokenService, type TokenService } from './fixtures/token-service.ts';

const tenantId = '8f1c2a34-0000-4000-8000-00000000000b';
const [initiator, other, unprivileged] = defaultUsers as [User, User, User];

/** Secrets that the suite is given. */
const planted = {
  clientSecret: 'Cl13nt~S3cret+of/the&initiator=%20Kx',
  unprivilegedSecret: 'Cl13nt~S3cret+of/the&unprivileged=Ly',
  bearer: `opaque-T0ken-of-the-other-user-9Qm`,
  proxyPassword: 'Pr0xy~Passw0rd-Zw',
  unrelated: 'Unr3lated~Value-of-the-environment-Vt',
};
/** Secrets that only a target knows. */
const foreign = {
  signature: 'F0reignSignatureAbCdEfGh%2Bij%3D',
  token: `eyJhbGciOiJub25lIn0.${Buffer.from('{"sub":"foreign"}').toString('base64url')}.F0reignJwtSignature`,
  cookie: 'F0reignC00kieValueXyz',
  functionKey: 'F0reignFunctionKeyXyz==',
  clientSecret: 'F0reignCl1entSecretXyz',
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** What stands in a text as base64, compressed or not: the evidence of the page, the attachments of a shard. */
function unpacked(text: string): string {
  const blocks = text.match(/[A-Za-z0-9+/]{200,}={0,2}/g) ?? [];
  return blocks
    .map((block) => {
      const bytes = Buffer.from(block, 'base64');
      return Buffer.from(block.startsWith('H4sI') ? gunzipSync(bytes) : bytes).toString('utf8');
    })
    .join('\n');
}

/** Every file below a folder, archives and compressed blocks unpacked, with what it holds. */
async function filesBelow(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const add = (name: string, bytes: Uint8Array): void => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      for (const [inner, content] of Object.entries(unzipSync(bytes))) add(`${name}!${inner}`, content);
    } else if (bytes[0] === 0x1f && bytes[1] === 0x8b) add(`${name}!`, gunzipSync(bytes));
    else {
      const text = Buffer.from(bytes).toString('utf8');
      found.set(name, `${text}\n${unpacked(text)}`);
    }
  };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) add(path.relative(folder, file), await readFile(file));
  }
  return found;
}

/** What must not stand anywhere: of every encoding of a secret twelve characters from its middle, which no neighbour shares. */
function traces(secret: string): string[] {
  return [...new Set(encodings(secret).map((form) => form.slice(form.length / 2 - 6, form.length / 2 + 6)))];
}

/** A folder with the configuration of a target that repeats every secret, and what `bgop` is run with there. */
async function prepared() {
  const certificates = await makeCertificates(await emptyFolder());
  const signIn: { service?: TokenService<User> } = {};
  const target = await startEchoingTarget(
    {
      known: () => [planted.clientSecret, planted.bearer],
      foreign: [
        `https://hook.test/x?sv=1&sig=${foreign.signature}&se=2`,
        String.raw`https://hook.test/x?sv=1\u0026sig=${foreign.signature}`,
        `u=${encodeURIComponent(`https://hook.test/x?a=1&sig=${foreign.signature}`)}`,
        `Bearer ${foreign.token}`,
        foreign.token,
        `{"client_secret":"${foreign.clientSecret}"}`,
      ],
      cookies: [foreign.cookie],
      outbound: [
        ['Authorization', `Bearer ${foreign.token}`],
        ['Cookie', `session=${foreign.cookie}`],
        ['x-functions-key', foreign.functionKey],
        ['X-Secret', planted.clientSecret],
      ],
      query: `sig=${foreign.signature}&key=${encodeURIComponent(planted.clientSecret)}`,
    },
    {
      users: [initiator, { ...other, token: planted.bearer }, unprivileged],
      acceptToken: (token) => signIn.service?.userOf(token),
    },
  );
  closers.push(target.close);
  const service = await startTokenService<User>({
    tls: certificates.tls,
    tenantId,
    scope: `${target.url}/.default`,
    lifeSeconds: 20,
    applications: [
      { clientId: 'app-initiator', secret: planted.clientSecret, user: initiator },
      { clientId: 'app-unprivileged', secret: planted.unprivilegedSecret, user: unprivileged },
    ],
  });
  signIn.service = service;
  const proxy = await startProxy();
  closers.push(service.close, proxy.close);
  const auth = (clientId: string, clientSecretEnv: string) => ({
    kind: 'client-credentials',
    tenantId,
    clientId,
    clientSecretEnv,
    authority: service.url,
  });
  const folder = await emptyFolder();
  const config = {
    target: {
      kind: 'url',
      url: target.url,
      auth: auth('app-initiator', 'BGOP_TEST_SECRET'),
      unprivilegedAuth: auth('app-unprivileged', 'BGOP_TEST_UNPRIVILEGED'),
      otherUserAuth: { kind: 'bearer', tokenEnv: 'BGOP_TEST_TOKEN' },
      clock: { kind: 'virtual', url: '/simulator/clock' },
      events: { kind: 'webhook-step' },
    },
  };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  const environment = {
    NODE_EXTRA_CA_CERTS: certificates.caFile,
    HTTPS_PROXY: proxy.url.replace('://', `://user:${encodeURIComponent(planted.proxyPassword)}@`),
    BGOP_TEST_SECRET: planted.clientSecret,
    BGOP_TEST_UNPRIVILEGED: planted.unprivilegedSecret,
    BGOP_TEST_TOKEN: planted.bearer,
    BGOP_TEST_UNRELATED: planted.unrelated,
  };
  const run = (...args: string[]) => start(folder, args, environment).ended;
  return { folder, service, environment, run };
}

/** Where something of a secret stands; the configuration itself is the user's. */
function tracesIn(files: ReadonlyMap<string, string>, service: TokenService<User>): string[] {
  // Of a token the part that is random: the claims before it tell only what everybody knows.
  const tokens = [foreign.token, ...service.issued].map((token) => token.slice(token.lastIndexOf('.') + 1));
  const secrets = [...Object.values(planted), ...Object.values(foreign), ...tokens];
  return secrets.flatMap((secret) =>
    traces(secret).flatMap((trace) =>
      [...files]
        .filter(([, text]) => text.includes(trace))
        .map(([name]) => `${secret} as ${trace} in ${name}`),
    ),
  );
}

it('a target that repeats every secret gets none of them into any output', async () => {
  const { folder, service, run } = await prepared();
  const sections =
    'access.challenge,callback.post,callback.url-verbatim,error,monitor.json,submit.location,event.once,unknown';
  const whole = await run(
    'verify',
    '--only',
    sections,
    '--runs',
    '3',
    '--evidence',
    '--format',
    'markdown,sarif,ctrf,badge',
  );
  const shard = await run('verify', '--only', 'error,unknown', '--shard', '1/2', '--report', 'shard');
  const more = [
    await run('report', 'bundle', 'conformance-report', '--config', 'bgop.config.json'),
    await run('report', 'merge', 'shard', '--report', 'merged'),
    await run('report', 'compare', 'conformance-report', 'shard'),
    await run('verify', '--target', 'http://127.0.0.1:9', '--report', 'nowhere'),
    await run('doctor', '--config', 'bgop.config.json'),
  ];

  // The target has been looked at, its evidence kept, and it has repeated what it knows.
  expect(whole.status, whole.out + whole.err).toBe(1);
  const checks = (await resultIn(folder))?.clauses.flatMap((clause) => clause.checks) ?? [];
  expect(checks.filter(({ outcome }) => outcome === 'failed').length).toBeGreaterThan(3);
  const files = await filesBelow(folder);
  files.delete('bgop.config.json');
  const page = files.get(path.join('conformance-report', 'index.html')) ?? '';
  expect(page).toContain('X-Echo-0');
  expect(page).toContain('«masked»');
  expect(service.issued.length).toBeGreaterThan(2);
  expect([...files.keys()].some((name) => name.startsWith('conformance-bundle.zip!'))).toBe(true);
  expect([...files.keys()].some((name) => name.startsWith(path.join('shard', 'blob')))).toBe(true);

  [whole, shard, ...more].forEach(({ out, err }, index) => files.set(`output ${index}`, out + err));
  expect(tracesIn(files, service).slice(0, 20)).toEqual([]);
}, 600_000);

it('nor do a plan, a replay, a run that is killed, or the commands around a run', async () => {
  const { folder, service, environment, run } = await prepared();
  const killed = start(
    folder,
    ['verify', '--only', 'callback.url-verbatim,error', '--runs', '1000000', '--report', 'killed'],
    environment,
  );
  const journal = () => readFile(path.join(folder, 'killed', 'journal.jsonl'), 'utf8').catch(() => '');
  while (!/"kind":"end".*«masked»/.test(await journal())) {
    if (killed.child.exitCode !== null) throw new Error((await killed.ended).err);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  killed.child.kill('SIGKILL');
  await killed.ended;
  const files = await filesBelow(folder);
  const simulator = start(
    folder,
    ['simulate', '--port', '0', '--write-config', 'simulator.json'],
    environment,
  );
  await simulator.says('listening on');
  const [url] =
    /http:\S+/.exec((await readFile(path.join(folder, 'simulator.json'), 'utf8')).replaceAll('"', ' ')) ?? [];
  for (const secret of Object.values(planted)) {
    for (const text of encodings(secret)
      .filter((each) => /^[!-~]+$/.test(each))
      .slice(0, 10)) {
      await fetch(`${url}/api/data/v9.2/sample_Echo?${text}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
        body: `{"StringValue":"${text}`,
      });
    }
  }
  simulator.child.kill('SIGTERM');
  const token = replayToken({ law: 'no plan MUST lead to more than four attempts', seed: 7, path: '0' });
  const all = {
    simulate: await simulator.ended,
    recover: await run('report', 'recover', 'killed'),
    plan: await run('verify', '--plan', '--only', 'error', '--format', 'json'),
    replay: await run('replay', token),
    'probe status': await run('probe', 'status'),
    'probe install': await run('probe', 'install', '--name', 'new_Probe', '--dry-run'),
    'cleanup of a run': await run('cleanup', '--run', '1a2b3c4d'),
    'cleanup of all': await run('cleanup', '--all'),
    'self-test': await run('self-test', '--only', 'cancel.terminal-message-paraphrased', '--runs', '1'),
  };
  for (const [name, { out, err }] of Object.entries(all)) expect(out + err, name).not.toBe('');
  expect(all.plan.status, all.plan.err).toBe(0);
  expect(all['self-test'].status, all['self-test'].err).toBe(0);
  expect(all.simulate.status, all.simulate.err).toBe(0);
  for (const [name, text] of await filesBelow(folder)) files.set(name, text);
  files.delete('bgop.config.json');
  for (const [name, { out, err }] of Object.entries(all)) files.set(`output of ${name}`, out + err);
  expect([...files.keys()].some((name) => name.startsWith('conformance-replay'))).toBe(true);
  expect(tracesIn(files, service).slice(0, 20)).toEqual([]);
}, 600_000);
