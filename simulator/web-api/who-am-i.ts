import type { Call, Handled } from './call.ts';
import { odataAnswer, refused } from './call.ts';
import { errors } from './errors.ts';

/** `GET WhoAmI` or `WhoAmI()`: no custom API, so it never becomes an operation. */
export function answerWhoAmI(call: Call): Handled {
  const { request, world, user, preferences } = call;
  if (request.method !== 'GET') return refused('other', errors.noResource(`${call.root}WhoAmI`));
  if (preferences.respondAsync && world.choices.otherMessage === 'refused') {
    const message = 'Only custom APIs can be executed in the background.';
    return refused('other', errors.invalidOperation(message));
  }
  const { id, businessUnitId } = world.organization;
  const answer = odataAnswer({
    '@odata.context': `${call.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: businessUnitId,
    UserId: user.id,
    OrganizationId: id,
  });
  return { answer, resource: 'other' };
}
