import type { PlainRequest } from '../plain.ts';
import type { User } from '../situation.ts';
import { errors, type ApiError } from './errors.ts';

/** The user that a request acts as, or why it must not. */
export type Acting =
  { readonly user: User; readonly error?: never } | { readonly error: ApiError; readonly user?: never };

/**
 * Honours `CallerObjectId` (the Entra object id) and the older `MSCRMCallerID` (the systemuserid). The caller needs
 * the privilege prvActOnBehalfOfAnotherUser, which the simulator gives to its privileged users; the rights are those
 * that both users have. Source: Web API documentation, "Impersonate another user".
 */
export function actingUser(request: PlainRequest, caller: User, users: readonly User[]): Acting {
  const byObject = request.headers['callerobjectid'];
  const bySystemUser = request.headers['mscrmcallerid'];
  const wanted = (byObject ?? bySystemUser)
    ?.trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  if (wanted === undefined) return { user: caller };
  const other = users.find(({ id, objectId = id }) => wanted === (byObject === undefined ? id : objectId));
  if (other === undefined) return { error: errors.invalidCaller() };
  if (other.id === caller.id) return { user: caller };
  if (!caller.privileged) return { error: errors.cannotActForOthers() };
  return { user: { ...other, onBehalfBy: caller.id } };
}
