import { maskText, registerSecret } from '../harness/mask.ts';
import { atMost, median, type Line } from './measure.ts';

/** Milliseconds of this process that `run` takes, the median of several. */
function milliseconds(rounds: number, run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return median(times);
}

const answer = JSON.stringify({ id: 1, message: 'of the usual "kind"', text: 'lorem ipsum '.repeat(70) });
const kilobyte = (rounds: number): number =>
  milliseconds(rounds, () => {
    for (let time = 0; time < 1_000; time += 1) maskText(answer);
  });

/** How long masking takes: an answer without and with known secrets, and what a stranger may send. */
export function masking(): Line[] {
  const plain = kilobyte(5);
  registerSecret('Cl13nt~S3cret+of/the&initiator');
  registerSecret(`eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${'a1B2'.repeat(400)}`);
  const known = kilobyte(5);
  const hostile = milliseconds(3, () => maskText('\\'.repeat(256 * 1024)));
  return [
    atMost('masking 1 KB without known secrets, µs', plain, 50, plain.toFixed(1)),
    atMost('masking 1 KB with two known secrets, µs', known, 300, known.toFixed(1)),
    atMost('masking 256 KB of backslashes, ms', hostile, 500, hostile.toFixed(0)),
  ];
}
