/** A text of a client, fit for a field of an answer. */
const fieldText = (text: string): string => text.slice(0, 100).replace(/[^\w.:/-]/g, '_');

/**
 * Says where a client signs in and for what. `audience` is what its token was issued for, where that is something else;
 * clients split this at commas.
 */
export function challenge(authority: string, resource: string, audience: string | undefined): string {
  const problem =
    audience === undefined
      ? ''
      : `error=invalid_token, error_description=The token is for ${fieldText(audience)} and not for ${resource}, `;
  return `Bearer ${problem}authorization_uri=${authority}/oauth2/authorize, resource_id=${resource}`;
}
