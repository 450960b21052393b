import { isKnownPair } from '../../contract/lifecycle.ts';
import { probeDefinition } from '../../contract/probe.ts';
import { members } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import type { Demand } from './demand.ts';

/** Holds any monitor against what each of them has to be, whatever its operation does. */
export function monitorForm(answer: Answer, hasProbe: boolean, demand: Demand): void {
  const body = answer.object();
  demand(
    answer.mediaType === 'application/json' && body !== undefined,
    'monitor.json',
    'the body',
    'a JSON object of the media type application/json',
    `${answer.mediaType}: ${answer.body}`,
  );
  if (body === undefined) return;
  for (const name of Object.keys(body)) {
    if (!name.includes('@')) continue;
    const clause = name.includes('FormattedValue') ? 'monitor.no-labels' : 'monitor.no-odata';
    demand(false, clause, 'the members', `free of ${name}`, body[name]);
  }
  const [state, status] = [body[members.state], body[members.status]];
  if (!Number.isInteger(state) || !Number.isInteger(status)) {
    // Where one of them is missing whoever reads it tells.
    if (state !== undefined && status !== undefined)
      demand(false, 'monitor.codes', 'the codes', 'integers', [state, status]);
    return;
  }
  demand(
    isKnownPair(Number(state), Number(status)),
    'state.known-pairs',
    'the codes',
    'one of the six documented pairs',
    [state, status],
  );
  if (hasProbe && status !== 30)
    for (const { name } of probeDefinition.properties)
      demand(!(name in body), 'monitor.outputs-only-on-success', name, 'absent', body[name]);
}
