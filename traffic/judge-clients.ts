import { clientClauses, type ClientClause } from '../contract/client-clauses.ts';
import type { Instance, Rule, Rules } from './rule.ts';
import { accessRules } from './rules/access.ts';
import { cancelRules } from './rules/cancel.ts';
import { notifyRules } from './rules/notify.ts';
import { pageRules } from './rules/pages.ts';
import { pollRules } from './rules/poll.ts';
import { sdkRules } from './rules/sdk.ts';
import { submitRules } from './rules/submit.ts';
import type { Traffic } from './traffic.ts';

/** What a record says of one clause. */
export interface TrafficOutcome {
  readonly clause: string;
  readonly outcome: 'held' | 'broken' | 'unseen';
  /** For `broken` the first breach, for `unseen` what the record does not show. */
  readonly reason: string | undefined;
  /** What was looked at; of a broken clause the breaches only. */
  readonly instances: readonly Instance[];
  /** How many instances the record has. */
  readonly decided: number;
}

const rules: Rules = {
  ...submitRules,
  ...accessRules,
  ...pollRules,
  ...pageRules,
  ...cancelRules,
  ...notifyRules,
  ...sdkRules,
};

/** The first breach of one clause. */
export interface FirstBreach {
  readonly clause: string;
  readonly reason: string;
}

/** The first breach of each clause that has a rule and is more than observed: what a look while traffic comes needs. */
export function firstBreaches(
  clauses: readonly { readonly id: string; readonly level: string }[],
  ruleOf: (id: string) => Rule | undefined,
): (traffic: Traffic) => FirstBreach[] {
  const judged = clauses.flatMap(({ id, level }) => {
    const rule = ruleOf(id);
    return rule === undefined || level === 'MAY' ? [] : [{ id, rule }];
  });
  return (traffic) =>
    judged.flatMap(({ id, rule }) => {
      const reason = rule(traffic).find(({ breach }) => breach !== undefined)?.breach;
      return reason === undefined ? [] : [{ clause: id, reason }];
    });
}

/** The first breach of each clause for clients. */
export const firstClientBreaches = firstBreaches(clientClauses, (id) => rules[id as ClientClause['id']]);

/**
 * Judges the clients of a record by every clause of their catalogue. Pure: the same record gives the same
 * outcomes. What a record does not show is `unseen`, never held.
 */
export function judgeClients(traffic: Traffic): TrafficOutcome[] {
  return clientClauses.map((clause) => outcomeOf(clause, rules[clause.id]?.(traffic) ?? []));
}

function outcomeOf({ id, sees, level }: ClientClause, instances: readonly Instance[]): TrafficOutcome {
  return outcomeFrom(id, instances, `the record shows no ${sees.replace(/^an? /, '')}`, level === 'MAY');
}

/** The outcome of a clause from its instances; `unseen` says what there was nothing of. */
export function outcomeFrom(
  clause: string,
  instances: readonly Instance[],
  unseen: string,
  observes = false,
): TrafficOutcome {
  const decided = instances.length;
  if (decided === 0) return { clause, outcome: 'unseen', reason: unseen, instances, decided };
  const breaches = observes ? [] : instances.filter(({ breach }) => breach !== undefined);
  const [first] = breaches;
  if (first === undefined) return { clause, outcome: 'held', reason: undefined, instances, decided };
  return { clause, outcome: 'broken', reason: first.breach, instances: breaches, decided };
}
