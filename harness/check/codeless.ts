import { members } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import { monitorCodesIn, outputsIn, readMonitor, readRow, type MonitorReading } from '../reading.ts';
import { Blocked } from '../verdict.ts';

/**
 * Reads an answer of the monitor on a virtual clock, where nothing moves meanwhile. A success without codes,
 * such as 204, is noted, and the row tells them instead.
 */
export async function readCodeless(answer: Answer, getRow: () => Promise<Answer>): Promise<MonitorReading> {
  if (!answer.ok || monitorCodesIn(answer) !== undefined) return readMonitor(answer);
  const row = await getRow();
  if (row.status !== 200) return readMonitor(answer);
  const { state, status } = readRow(row);
  try {
    return readMonitor(answer);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    answer.note(error.blockedBy, error.why);
    const body = answer.object() ?? {};
    const [errorCode, errorMessage] = [body[members.errorCode], body[members.errorMessage]];
    return { state, status, answer, body, errorCode, errorMessage, outputs: outputsIn(body) };
  }
}
