import { messages } from '../../contract/vocabulary.ts';
import { OrganizationService } from '../../harness/organization-service/service.ts';
import { Probe } from '../../harness/probe.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { as, type Patient } from './patient.ts';

/** Whether the organization service answers, where it is said to be there. */
export async function lookAtSdk(patient: Patient): Promise<SeenByDoctor> {
  const { target } = patient;
  if (!target.offers.sdk) return skipped('target.sdk is false: the organization service will not be tested');
  const client = (): ReturnType<typeof as> => as(patient, 'initiator');
  const sdk = new OrganizationService(target, client, new Probe(target, client));
  const soap = await sdk.execute({ name: messages.whoAmI, parameters: {} });
  if (soap.results()?.get('UserId')?.type === 'guid') return ok('the organization service answers WhoAmI');
  const intercepted = interceptionOf(soap.answer);
  if (intercepted !== undefined) {
    const { told, advice, passes } = intercepted;
    return unready(told, advice, passes ? 'starting' : 'misconfigured');
  }
  const advice =
    'Set target.sdk to the address of the organization service, or to false where there is none.';
  return wrong(`the organization service does not answer WhoAmI: ${soap.describe()}`, advice);
}
