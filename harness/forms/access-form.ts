import type { Answer } from '../answer.ts';
import type { Principal } from '../auth.ts';
import type { Asked } from './requests.ts';
import type { Demand } from './demand.ts';

/** Holds the answer to somebody who may not ask against what each of them has to be. */
export function accessForm(answer: Answer, kind: Asked, principal: Principal, demand: Demand): void {
  if (answer.status === 401 && principal === 'anonymous') {
    const challenge = answer.header('www-authenticate');
    const clause = kind === 'organization service' ? 'sdk.challenge' : 'access.challenge';
    demand(
      /\bbearer\b/i.test(challenge ?? ''),
      clause,
      'WWW-Authenticate',
      'a challenge of the scheme Bearer',
      challenge,
    );
  }
  if (!answer.ok) return;
  const ofOperations = kind === 'monitor' || kind === 'row' || kind === 'rows';
  if (principal === 'anonymous' && kind === 'organization service')
    demand(false, 'sdk.anonymous', 'the status', '401', answer.status);
  if (principal === 'anonymous' && ofOperations)
    demand(false, 'access.anonymous', 'the status', '401', answer.status);
  if (principal !== 'unprivileged') return;
  const rows = answer.object()?.['value'];
  if (kind === 'monitor' || kind === 'row' || (Array.isArray(rows) && rows.length > 0 && kind === 'rows'))
    demand(
      false,
      kind === 'monitor' ? 'access.unprivileged-monitor' : 'access.unprivileged-row',
      'the answer to a user without the privileges',
      'a refusal',
      answer.status,
    );
}
