import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { atMost, type Line } from './measure.ts';
import { run } from './process.ts';

const origin = 'https://contoso.crm.dynamics.com';

/** What judging one archive took, as its process tells it. */
interface Judged {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
  readonly operations: number;
}

/** Builds a large archive in a temporary folder, judges it in a process of its own, and removes it. */
export async function largeArchive(others: number, operations: number): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bgop-bench-'));
  try {
    const file = path.join(folder, 'large.har');
    await writeArchive(file, others, operations);
    const megabytes = (await stat(file)).size / 1e6;
    const program = fileURLToPath(new URL('judge-archive.ts', import.meta.url));
    const judged = JSON.parse(await run(program, file)) as Judged;
    if (judged.operations !== operations)
      throw new Error(`found ${judged.operations} of ${operations} operations`);
    const what = `bgop traffic, ${megabytes.toFixed(0)} MB with ${operations} operations`;
    const { seconds, processorSeconds, peakMegabytes } = judged;
    return [
      atMost(
        what,
        processorSeconds,
        20,
        `${processorSeconds.toFixed(1)} s of the processor (${seconds.toFixed(1)} s)`,
        ' s',
      ),
      atMost('its memory at most', peakMegabytes, 1_000, `${peakMegabytes.toFixed(0)} MB`, ' MB'),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Other traffic of 10 KB a piece, and among it operations that are submitted, polled twice and end. */
async function writeArchive(file: string, others: number, operations: number): Promise<void> {
  const out = createWriteStream(file);
  const body = JSON.stringify({
    value: Array.from({ length: 90 }, (_, row) => ({ accountid: row, name: 'x'.repeat(80) })),
  });
  let first = true;
  const put = async (entry: object): Promise<void> => {
    const more = out.write(`${first ? '' : ','}\n${JSON.stringify(entry)}`);
    first = false;
    if (!more) await once(out, 'drain');
  };
  out.write('{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[');
  const each = Math.floor(others / operations);
  for (let operation = 0; operation < operations; operation += 1) {
    for (let other = 0; other < each; other += 1)
      await put(
        entryOf(
          operation * 1_000 + other,
          'GET',
          `${origin}/api/data/v9.2/accounts?page=${other}`,
          200,
          {},
          body,
        ),
      );
    for (const entry of lifeOf(operation)) await put(entry);
  }
  out.end(']}}');
  await once(out, 'close');
}

function lifeOf(operation: number): object[] {
  const id = `0f0e0d0c-0b0a-4909-8807-${String(operation).padStart(12, '0')}`;
  const monitor = `${origin}/api/backgroundoperation/${id}`;
  const at = operation * 1_000;
  const accepted = {
    Location: monitor,
    'x-ms-dyn-backgroundoperationid': id,
    'Preference-Applied': 'respond-async',
  };
  const shows = (minute: number, state: number, status: number) =>
    entryOf(
      at + minute * 60_000,
      'GET',
      monitor,
      200,
      {},
      JSON.stringify({ backgroundOperationStateCode: state, backgroundOperationStatusCode: status }),
    );
  return [
    entryOf(at, 'POST', `${origin}/api/data/v9.2/my_Api`, 202, accepted, ''),
    shows(1, 2, 20),
    shows(2, 3, 30),
  ];
}

function entryOf(
  at: number,
  method: string,
  url: string,
  status: number,
  answered: Readonly<Record<string, string>>,
  text: string,
): object {
  const fields = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  const prefer = method === 'POST' ? { Prefer: 'respond-async' } : {};
  return {
    startedDateTime: new Date(1_767_225_600_000 + at).toISOString(),
    time: 20,
    request: { method, url, headers: fields({ Authorization: 'Bearer eyJbenchbenchbench', ...prefer }) },
    response: {
      status,
      headers: fields({ 'Content-Type': 'application/json', ...answered }),
      content: { size: text.length, mimeType: 'application/json', text },
    },
  };
}
