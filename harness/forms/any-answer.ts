import { headers } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import type { Principal } from '../auth.ts';
import type { Config } from '../config.ts';
import { accessForm } from './access-form.ts';
import { acceptanceForm } from './acceptance.ts';
import { cancelForm } from './cancel-form.ts';
import { listForm } from './list-form.ts';
import { monitorForm } from './monitor-form.ts';
import { asksForBackground, kindOf } from './requests.ts';
import { rowAnswerForm } from './row-form.ts';
import { wantedOf } from './wanted.ts';

/**
 * Holds an answer against what holds of any such answer, whatever the check is about that asked: each check makes
 * a situation that its author thought of, and each answer in it is looked at whole. What depends on the story of an
 * operation is none of its business: `specs/model` tells that.
 */
export function lookAtAnyAnswer(answer: Answer, principal: Principal, { target }: Config): void {
  const { request, status } = answer;
  const kind = kindOf(request);
  const wanted = wantedOf(answer.note, `${request.method} of ${named[kind]}`);
  accessForm(answer, kind, principal, wanted);
  if (principal !== 'initiator' && principal !== 'other') return;
  if (request.method === 'POST' && kind === 'other') {
    const asked = asksForBackground(request);
    if (status === 202 && asked) acceptanceForm(answer, wanted);
    if (answer.ok && !asked)
      wanted(
        answer.header(headers.operationId) === undefined,
        'submit.synchronous-without-preference',
        headers.operationId,
        'absent: it was called without respond-async',
        answer.header(headers.operationId),
      );
  }
  cancelForm(answer, kind, wanted);
  if (request.method !== 'GET' || status !== 200) return;
  const { probe } = target;
  if (kind === 'monitor') monitorForm(answer, probe.kind === 'control', wanted);
  if (kind === 'row') rowAnswerForm(answer, wanted);
  if (kind === 'rows')
    listForm(answer, probe.kind === 'control' ? probe.customApi : probe.succeeds.name, wanted);
}

const named = {
  monitor: 'the monitor',
  row: 'the row',
  rows: 'the collection',
  'organization service': 'the organization service',
  other: 'a custom API',
} as const;
