import { soapMessage } from '../soap-edits.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { isOrganizationService } from '../organization-service/path.ts';

export default defineDeviations({
  open: {
    summary: 'takes a caller of the organization service without a token for the first user',
    alsoBreaks: { 'sdk.challenge': 'where nobody is refused nobody is told where to sign in' },
    behaviour: edit(
      'authenticate',
      (user, { path }, users) => user ?? (isOrganizationService(path) ? users[0] : undefined),
    ),
  },
  'checked-late': {
    summary: 'does what the organization service is asked before it looks for a token',
    behaviour: (contract) => ({
      authenticate: (request, users, situation) =>
        contract.authenticate(request, users, situation) ??
        (isOrganizationService(request.path) ? users[0] : undefined),
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        if (!isOrganizationService(request.path) || request.headers.authorization !== undefined) return kept;
        const challenge = `Bearer authorization_uri=https://login.test/oauth2/authorize, resource_id=${request.origin}/`;
        return { status: 401, headers: [['WWW-Authenticate', challenge]], body: undefined };
      },
    }),
  },
  retrieves: {
    summary: 'lets anyone retrieve rows by the organization service',
    narrow: true,
    behaviour: edit(
      'authenticate',
      (user, request, users) => user ?? (soapMessage(request) === 'Retrieve' ? users[0] : undefined),
    ),
  },
});
