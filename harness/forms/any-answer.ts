import { headers } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import type { Principal } from '../auth.ts';
import type { Config } from '../config.ts';
import { accessForm } from './access-form.ts';
import { acceptanceForm } from './acceptance.ts';
import { cancelForm } from './cancel-form.ts';
import { listForm } from './list-form.ts';
import { missingRowForm } from './missing-row-form.ts';
import { monitorForm } from './monitor-form.ts';
import { asksForBackground, calledBy, askedIn } from './requests.ts';
import { rowAnswerForm } from './row-form.ts';
import { soapAnswerForm } from './soap-form.ts';
import { demandOf } from './demand.ts';

/**
 * Holds an answer against what holds of any such answer, whatever the check is about that asked: each check makes
 * a situation that its author thought of, and each answer in it is looked at whole. What depends on the story of an
 * operation is none of its business: `specs/model` tells that.
 */
export function lookAtAnyAnswer(answer: Answer, principal: Principal, { target }: Config): void {
  const { request, status } = answer;
  const kind = askedIn(request);
  const demand = demandOf(answer.note, `${request.method} of ${nouns[kind]}`);
  accessForm(answer, kind, principal, demand);
  if (principal !== 'initiator' && principal !== 'other') return;
  const { probe } = target;
  const api = probe.kind === 'control' ? probe.customApi : probe.succeeds.name;
  if (request.method === 'POST' && calledBy(request) === api) {
    const asked = asksForBackground(request);
    if (status === 202 && asked === true) acceptanceForm(answer, demand);
    const named = answer.header(headers.operationId);
    if (answer.ok && asked === false)
      demand(
        named === undefined,
        'submit.synchronous-without-preference',
        headers.operationId,
        'absent: it was called without respond-async',
        named,
      );
  }
  if (kind === 'row' && status === 404 && (request.method === 'GET' || request.method === 'PATCH'))
    missingRowForm(answer, demand);
  if (kind === 'organization service') soapAnswerForm(answer, demand);
  cancelForm(answer, kind, demand);
  if (request.method !== 'GET' || status !== 200) return;
  if (kind === 'monitor') monitorForm(answer, probe.kind === 'control', demand);
  if (kind === 'row') rowAnswerForm(answer, demand);
  if (kind === 'rows') listForm(answer, api, demand);
}

const nouns = {
  monitor: 'the monitor',
  row: 'the row',
  rows: 'the collection',
  'organization service': 'the organization service',
  other: 'a custom API',
} as const;
