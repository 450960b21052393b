import { clauses, type ClauseId } from '../contract/clauses.ts';
import { firstBreaches, outcomeFrom, type TrafficOutcome } from './judge-clients.ts';
import type { Rules } from './rule.ts';
import { targetEndRules } from './rules/target-end.ts';
import { targetMonitorRules } from './rules/target-monitor.ts';
import { targetSubmitRules } from './rules/target-submit.ts';
import type { Traffic } from './traffic.ts';

const rules: Rules<ClauseId> = { ...targetSubmitRules, ...targetMonitorRules, ...targetEndRules };

/** The first breach of each clause that can be decided by looking on. */
export const firstTargetBreaches = firstBreaches(clauses, (id) => rules[id as ClauseId]);

/**
 * Judges the target of a record by the clauses that can be decided by looking on. The others need a probe, a
 * clock or an experiment, and are `unseen`.
 */
export function judgeTarget(traffic: Traffic): TrafficOutcome[] {
  return clauses.map(({ id, level }) => {
    const rule = rules[id];
    if (rule === undefined)
      return outcomeFrom(id, [], 'traffic alone does not decide it: `bgop verify` does, by experiments');
    return outcomeFrom(id, rule(traffic), 'the record shows nothing that it speaks of', level === 'MAY');
  });
}
