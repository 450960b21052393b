import { edit } from '../decision-edits.ts';
import { messages } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoapAnswer, soapMessage } from '../soap-edits.ts';
import type { Behaviour } from '../behaviour.ts';

/** Lets every user submit by the organization service. */
function permitting(contract: Behaviour): Pick<Behaviour, 'request' | 'permits'> {
  let submitting = false;
  return {
    request: (request, situation) => {
      submitting = soapMessage(request) === messages.execute;
      return contract.request(request, situation);
    },
    permits: (user, action, operation, situation) =>
      (submitting && action === 'submit') || contract.permits(user, action, operation, situation),
  };
}

export default defineDeviations({
  open: {
    summary: 'lets every user submit by the organization service',
    behaviour: permitting,
  },
  'checked-late': {
    summary: 'refuses a user without the privileges after it has accepted the operation',
    behaviour: (contract) => ({
      ...permitting(contract),
      ...editSoapAnswer((answer, _request, { user }) =>
        user?.privileged === false ? { status: 403, headers: answer.headers, body: undefined } : answer,
      )(contract),
    }),
  },
  callback: {
    summary: 'lets every user submit by the organization service who asks for a callback',
    narrow: true,
    behaviour: edit('authenticate', (user, request) =>
      user !== undefined && String(request.body).includes('CallbackUri')
        ? { ...user, privileged: true }
        : user,
    ),
  },
  retrieves: {
    summary: 'lets every user retrieve rows by the organization service',
    narrow: true,
    behaviour: edit('authenticate', (user, request) =>
      user !== undefined && soapMessage(request) === 'Retrieve' ? { ...user, privileged: true } : user,
    ),
  },
  cancels: {
    summary: 'lets every user cancel by the organization service',
    narrow: true,
    behaviour: edit('authenticate', (user, request) =>
      user !== undefined && soapMessage(request) === 'Update' ? { ...user, privileged: true } : user,
    ),
  },
});
