import { checkMembers, checks } from './check.ts';
import { ControlError } from './control-error.ts';
import { deliveryFaults } from './delivery-faults.ts';
import type { FaultRule } from './faults.ts';

const longestDelayMs = 600_000;

/** Members of a match, of requests of any kind. */
export const matchMembers = { method: checks.text, path: checks.text };

const faultMatchMembers = {
  ...matchMembers,
  delivery: checks.oneOf('callback', 'webhook', 'registration', 'probe'),
};

const members = {
  match: checks.object,
  times: checks.whole(1, 1_000_000),
  skip: checks.whole(0, 1_000_000),
  delayMs: checks.whole(0, longestDelayMs),
  status: checks.whole(200, 599),
  retryAfter: checks.whole(0, 86_400),
  headers: checks.object,
  body: checks.anything,
  cut: checks.flag,
  when: checks.oneOf('before', 'after'),
  deliver: checks.oneOf(...deliveryFaults),
};

const ofDeliveries = ['match', 'times', 'skip', 'delayMs', 'deliver'];

/**
 * Holds a fault that a caller gave against what a fault may be.
 *
 * @throws ControlError for what it may not
 */
export function checkFaultRule(rule: FaultRule): void {
  checkMembers(rule, 'a fault', members);
  if (rule.match !== undefined) checkMembers(rule.match, 'the match of a fault', faultMatchMembers);
  if (rule.match?.delivery !== undefined) {
    checkDeliveryRule(rule);
    return;
  }
  if (rule.deliver !== undefined) {
    throw new ControlError(
      '"deliver" of a fault needs a match with "delivery": "callback", "webhook" or "probe".',
    );
  }
  for (const [name, value] of Object.entries(rule.headers ?? {})) {
    // A line end would begin a field of its own, and Node refuses to send what is not printable.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(String(value))) {
      throw new ControlError(`The header "${name}" of a fault cannot be sent.`);
    }
  }
  if (rule.cut === true && rule.status !== undefined) {
    throw new ControlError(
      'A fault has either "status" or "cut": a connection that is cut carries no answer.',
    );
  }
  if (rule.cut !== true && rule.status === undefined && rule.delayMs === undefined) {
    throw new ControlError('A fault needs "status", "cut" or "delayMs".');
  }
}

/** What is sent has no status and is not cut here: its receiver decides. */
function checkDeliveryRule(rule: FaultRule): void {
  const wrong = Object.entries(rule).find(
    ([name, value]) => value !== undefined && !ofDeliveries.includes(name),
  );
  if (wrong !== undefined) {
    throw new ControlError(
      `A fault of deliveries has no "${wrong[0]}". It may have ${ofDeliveries.join(', ')}.`,
    );
  }
  if (rule.deliver === undefined && rule.delayMs === undefined) {
    throw new ControlError('A fault of deliveries needs "deliver" or "delayMs".');
  }
}
