import type { Behaviour } from './behaviour.ts';
import type { OutboundRequest, Outbound } from './behaviour/delivery.ts';
import { editSent, type BehaviourEdit } from './decision-edits.ts';

/** Edits the URL of each callback. */
export function editCallbackUrl(change: (url: string, about: Outbound) => string): BehaviourEdit {
  return editSent('callback', (one, about) => ({ ...one, url: change(one.url, about) }));
}

/** Edits the query of each callback's URL, which is given without its question mark. */
export function editCallbackQuery(change: (query: string) => string): BehaviourEdit {
  return editCallbackUrl((url) => url.replace(/\?(.*)$/, (_all, query: string) => `?${change(query)}`));
}

/** Edits the payload that the probe is called with in retries; it is given as it stands in JSON, without its quotes. */
export function editRetriedPayload(change: (escaped: string) => string): BehaviourEdit {
  return editSent('probe', (one, about) => {
    if ((about.operation?.attempts ?? 1) < 2) return one;
    const body = one.body.replace(
      /"payload":"((?:[^"\\]|\\.)*)"/,
      (_all, text: string) => `"payload":"${change(text)}"`,
    );
    return { ...one, body };
  });
}

/** Sends nothing of a purpose while something of it is not answered yet. */
export function oneAtATime(purpose: OutboundRequest['purpose']): BehaviourEdit {
  return (contract) => {
    let open = 0;
    return {
      outbound: (request, about) => {
        if (request.purpose !== purpose) return contract.outbound(request, about);
        if (open > 0) return [];
        open += 1;
        return contract.outbound(request, about);
      },
      redeliverAfter: (...args) => {
        open = 0;
        return contract.redeliverAfter(...args);
      },
    };
  };
}

/** Knows of each operation whether a callback or an event about it is not answered yet, by the decisions that it replaces. */
export function watchDeliveries(
  contract: Behaviour,
): Pick<Behaviour, 'outbound' | 'redeliverAfter'> & { readonly isDelivering: (id: string) => boolean } {
  const open = new Map<string, number>();
  return {
    isDelivering: (id) => (open.get(id) ?? 0) > 0,
    outbound: (request, about) => {
      const id = about.operation?.id ?? '';
      if (request.purpose !== 'probe') open.set(id, (open.get(id) ?? 0) + 1);
      return contract.outbound(request, about);
    },
    redeliverAfter: (status, delivery, operation, situation) => {
      open.set(operation.id, (open.get(operation.id) ?? 1) - 1);
      return contract.redeliverAfter(status, delivery, operation, situation);
    },
  };
}

/** Calls what was deleted once more, when the probe is called next; `purpose` names the calls, `deleted` the rows. */
export function callAfterDeletion(purpose: OutboundRequest['purpose'], deleted: RegExp): BehaviourEdit {
  return (contract) => {
    let kept: OutboundRequest | undefined;
    let gone = false;
    return {
      outbound: (request, about) => {
        if (request.purpose === purpose) {
          kept = request;
          gone = false;
        }
        const again = request.purpose === 'probe' && gone ? kept : undefined;
        if (again !== undefined) gone = false;
        return [...contract.outbound(request, about), ...(again === undefined ? [] : [again])];
      },
      answer: (answer, request, about) => {
        if (request.method === 'DELETE' && deleted.test(request.path)) gone = true;
        return contract.answer(answer, request, about);
      },
    };
  };
}

/** Sends the last request of one purpose about an operation once more, each time one of another purpose is repeated. */
export function sendAgainBeside(
  again: OutboundRequest['purpose'],
  beside: OutboundRequest['purpose'],
): BehaviourEdit {
  return (contract) => {
    const sent = new Map<string, OutboundRequest>();
    return {
      outbound: (request, about) => {
        const requests = contract.outbound(request, about);
        const id = about.operation?.id ?? '';
        if (request.purpose === again) sent.set(id, request);
        const last = sent.get(id);
        return request.purpose === beside && about.delivery > 1 && last !== undefined
          ? [...requests, last]
          : requests;
      },
    };
  };
}

/** Whether a status leads elsewhere. */
export const isRedirection = (status: number): boolean => status >= 300 && status < 400;

/** Delivers a callback once more where it was answered so, as `change` makes it. */
export function callAgainAfter(
  answered: (status: number) => boolean,
  change: (sent: OutboundRequest) => OutboundRequest,
): BehaviourEdit {
  return (contract) => {
    const again = new Set<string>();
    return {
      redeliverAfter: (status, delivery, operation, situation) => {
        if (status === undefined || !answered(status) || delivery > 1)
          return contract.redeliverAfter(status, delivery, operation, situation);
        again.add(operation.id);
        return 1;
      },
      outbound: (request, about) =>
        contract
          .outbound(request, about)
          .map((one) =>
            one.purpose === 'callback' && about.delivery > 1 && again.has(about.operation?.id ?? '')
              ? change(one)
              : one,
          ),
    };
  };
}
