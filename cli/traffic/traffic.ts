import { gather, UnreadableFile, type Gathered } from '../../traffic/gather.ts';
import { judgeClients } from '../../traffic/judge-clients.ts';
import { judgeTarget } from '../../traffic/judge-target.ts';
import { UnknownFormat } from '../../traffic/readers/read-file.ts';
import { UsageError, type Terminal } from '../terminal.ts';
import { reportTraffic } from './traffic-report.ts';

/** The options of `bgop traffic`, as commander gives them. */
export interface TrafficOptions {
  readonly report: string;
}

/**
 * `bgop traffic`: judges both sides of recorded traffic.
 *
 * @returns 0 where every MUST that the record shows holds, 1 where one is broken, 3 where a file is cut
 * @throws UsageError for a file that cannot be read, or has no traffic in it
 */
export async function judgeFiles(
  files: readonly string[],
  options: TrafficOptions,
  terminal: Terminal,
): Promise<number> {
  const began = performance.now();
  const { traffic, notes, cut } = await gathered(files);
  for (const note of notes) terminal.err(note);
  if (traffic.operations.length === 0)
    terminal.err('No background operation was found: no 202 with its id, no monitor, no row, no callback.');
  return reportTraffic(
    {
      directory: options.report,
      subject: { name: files.join(', '), kind: 'traffic', url: [...traffic.origins][0] ?? '' },
      traffic,
      outcomes: [...judgeClients(traffic), ...judgeTarget(traffic)],
      target: true,
      incomplete: cut,
      durationMs: performance.now() - began,
      command: `bgop traffic ${files.join(' ')}`,
    },
    terminal,
  );
}

async function gathered(files: readonly string[]): Promise<Gathered> {
  try {
    return await gather(files);
  } catch (error) {
    if (error instanceof UnknownFormat || error instanceof UnreadableFile)
      throw new UsageError(error.message);
    throw error;
  }
}
