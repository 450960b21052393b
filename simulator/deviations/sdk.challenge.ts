import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';
import { isOrganizationService } from '../organization-service/path.ts';

/** Edits how callers of the organization service without a token are challenged. */
function challenging(challenge: string) {
  return edit('answer', (answer, { path }) =>
    answer.status === 401 && isOrganizationService(path)
      ? withHeader(answer, 'WWW-Authenticate', challenge)
      : answer,
  );
}

export default defineDeviations({
  'no-resource': {
    summary: 'does not name the resource',
    behaviour: challenging('Bearer authorization_uri=https://login.test/oauth2/authorize'),
  },
  bare: {
    summary: 'names the scheme only',
    behaviour: challenging('Bearer'),
  },
});
