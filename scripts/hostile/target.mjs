// A target that is a simulator in all but one point, and a run of the suite against it.
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { writeAnswer } from '../../simulator/http/answer-writer.ts';
import { createOrigins, plainRequest, readTarget } from '../../simulator/http/node-request.ts';
import { createSender } from '../../simulator/send-by-node.ts';
import { createCallbackHosts } from '../../simulator/http/callback-hosts.ts';
import { createSimulator, defaultUsers } from '../../simulator/simulator.ts';
import { bgop, tail } from './bgop.mjs';

/** The initiator's token: a secret, of which no output may show anything. */
export const token = 'canary~7Qx/hostile+Zk9=Token-of-initiator-3141592653';
const users = [{ ...defaultUsers[0], token }, ...defaultUsers.slice(1)];

/** Nobody counts here what has not left yet. */
const unwatched = { watch: () => {} };

/** What a request is for. */
function purposeOf(method, url) {
  if (url.startsWith('/simulator/clock')) return 'clock';
  if (url.startsWith('/api/backgroundoperation/')) return 'monitor';
  if (url.includes('/backgroundoperations')) return 'table';
  if (url.endsWith('/WhoAmI')) return 'who-am-i';
  if (/serviceendpoint|sdkmessage|customapi|solution/i.test(url)) return 'registration';
  return method === 'POST' ? 'call' : 'other';
}

/**
 * Starts a target. `misbehave(exchange)` sees each request with the answer that the simulator has for it; it
 * returns another answer (members replace those of the simulator's), or `true` once it has written one itself
 * to `exchange.response` or `exchange.socket`; undefined leaves the answer as it is.
 */
export async function startTarget(misbehave, { tls, acceptToken } = {}) {
  const simulator = createSimulator({
    users,
    send: createSender(createCallbackHosts(['any'])),
    ...(acceptToken === undefined ? {} : { acceptToken }),
  });
  let origin = '';
  let count = 0;
  const counts = {};
  const scheme = tls === undefined ? 'http' : 'https';
  const originOf = createOrigins(scheme, () => origin);
  const listener = async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method, url } = request;
    const answer = await simulator.handle(plainRequest(request, readTarget(url), originOf, body));
    const purpose = purposeOf(method, url);
    count += 1;
    counts[purpose] = (counts[purpose] ?? 0) + 1;
    const { socket } = response;
    const exchange = { method, url, body, purpose, request, response, socket, answer, origin };
    const changed = misbehave({ ...exchange, count, nth: counts[purpose] });
    if (changed === true) return;
    writeAnswer(response, { ...answer, ...(await changed) }, false, unwatched);
  };
  const take = (request, response) => {
    response.on('error', () => {});
    listener(request, response).catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
  server.on('connection', (socket) => socket.on('error', () => {}));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `${scheme}://127.0.0.1:${server.address().port}`;
  return {
    url: origin,
    /** How many requests came. */
    asked: () => count,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      simulator.dispose();
    },
  };
}

/** A configuration for it. */
export function configFor(url, more = {}) {
  return {
    target: {
      kind: 'url',
      url,
      auth: { kind: 'bearer', tokenEnv: 'BGOP_HOSTILE_TOKEN' },
      clock: { kind: 'virtual', url: '/simulator/clock' },
      ...more.target,
    },
    timeouts: { requestMs: 3_000, progressMs: 45_000, patienceMs: 5_000, ...more.timeouts },
    ...(more.listener === undefined ? {} : { listener: more.listener }),
  };
}

/**
 * A case: the command against a target that misbehaves.
 *
 * @param expected `status` is one or several; `says` are patterns that the output must match; `clauses` the
 * verdicts that must stand in the result; `blame` what the result must name as the culprit
 */
export function hostileTarget(name, misbehave, expected, options = {}) {
  const { command = verify('monitor.json,submit.location'), short = false } = options;
  const { deadlineMs = 150_000 } = options;
  return {
    name,
    short,
    beside: true,
    deadlineMs: deadlineMs + 5_000,
    async run() {
      const target = await startTarget(misbehave);
      try {
        const ended = await bgop(command, {
          config: configFor(options.address?.(target.url) ?? target.url, options),
          environment: { BGOP_HOSTILE_TOKEN: token },
          secrets: [token],
          deadlineMs,
        });
        return judge(ended, expected, target);
      } finally {
        await target.close();
      }
    },
  };
}

/** What a hostile monitor may lead to: it never passes, and the address that a submission gives is not broken. */
export const monitorOnly = {
  'monitor.json': ['failed', 'inconclusive', 'not-tested'],
  'submit.location': ['passed', 'inconclusive', 'not-tested'],
};

/** The arguments of a short run. */
export function verify(only, ...more) {
  return ['verify', '--only', only, '--runs', '3', '--seed', '7', ...more];
}

/** Throws where it did not end as expected. */
export function judge(ended, { status, says = [], clauses = {}, blame }, target) {
  const fail = (what) => {
    throw new Error(`${what}; ${tail(ended)}`);
  };
  if (![status].flat().includes(ended.status)) fail(`status ${ended.status}, expected ${[status].flat()}`);
  const text = `${ended.out}\n${ended.err}`;
  for (const pattern of [says].flat()) if (!pattern.test(text)) fail(`nothing says ${pattern}`);
  const { result } = ended;
  if (result === undefined && ended.status !== 0 && !/\S/.test(text)) fail('it ended without a word');
  for (const [id, verdict] of Object.entries(clauses)) {
    const found = result?.clauses.find((clause) => clause.id === id)?.verdict;
    if (![verdict].flat().includes(found)) fail(`${id} is ${found}, expected ${verdict}`);
  }
  if (blame !== undefined) {
    const named = new Set([
      ...(result?.clauses.map((clause) => clause.blame) ?? []),
      ...(result?.run.disruptions?.map(({ source }) => source) ?? []),
    ]);
    if (!named.has(blame)) fail(`nothing is blamed on ${blame}`);
  }
  const asked = target?.asked();
  return `status ${ended.status} after ${ended.seconds.toFixed(1)} s${asked === undefined ? '' : `, ${asked} requests`}`;
}
