import type { IllegalHistory, TimelineItem } from '../../record/evidence.ts';
import type { History, Judgement, Observation } from './history.ts';
import { describeCodes, describeObservation } from './words.ts';

type Illegal = Extract<Judgement, { legal: false }>;

const lanes: Readonly<Record<Observation['sight']['kind'], TimelineItem['lane']>> = {
  accepted: 'requests',
  read: 'state',
  missing: 'state',
  'cancel-accepted': 'cancellations',
  'cancel-refused': 'cancellations',
  'attempt-begins': 'attempts',
  'attempt-ends': 'attempts',
  callback: 'deliveries',
  event: 'deliveries',
};

/** An illegal history, ready to be drawn: all that was seen of the operation, the contradiction marked. */
export function timelineOf(judged: Illegal, history: History): IllegalHistory {
  const whole = history.observations.filter((one) => one.operation === judged.operation);
  const begun = Math.min(...whole.map((one) => one.from));
  const part = new Set(judged.part);
  const items = whole
    .filter((one) => part.has(one) || one.sight.kind !== 'read')
    .sort((one, other) => one.from - other.from)
    .map((one): TimelineItem => ({
      lane: lanes[one.sight.kind],
      label: labelOf(one),
      from: Math.max(0, one.from - begun),
      to: Math.max(0, one.to - begun),
      ...(one === judged.contradiction ? { contradiction: true } : {}),
    }));
  return { kind: 'history', operationId: judged.operation, reason: judged.reason, items };
}

function labelOf(observation: Observation): string {
  const { sight } = observation;
  return sight.kind === 'read'
    ? `${sight.resource} ${describeCodes(sight.shown)}`
    : describeObservation(observation);
}
