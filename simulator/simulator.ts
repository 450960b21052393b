import type { Clock } from './clock.ts';
import type { Control } from './control/control.ts';
import { createControl } from './control/control.ts';
import { deliverWithFault } from './control/delivery-faults.ts';
import { answerWithFault, faultError, Faults } from './control/faults.ts';
import { defaultEntries, Journal } from './control/journal.ts';
import { createObserver } from './control/observe.ts';
import { controlResource } from './control/resource.ts';
import type { Command } from './core/lifecycle.ts';
import { apisInCode, defaultUsers } from './create-world.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import { handleRequest, refuserOf } from './handle-request.ts';
import { deepestCall, depthOf } from './http/depth.ts';
import { createGate } from './http/outbound-gate.ts';
import type { OrganizationContent } from './organization-content.ts';
import type { PortOpener } from './organizations.ts';
import { Organizations } from './organizations.ts';
import { yieldToOthers } from './pace.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { replaceApis } from './replace-apis.ts';
import { startOrganization } from './running-organization.ts';
import { answeringSafely, printFault, whenKept } from './safe-answer.ts';
import { sendByFetch } from './send-by-fetch.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import { clockPath, clockResource } from './web-api/clock.ts';
import type { ApiError } from './web-api/errors.ts';
import { errorAnswer, errors } from './web-api/errors.ts';
import { healthPath, healthResource } from './web-api/health.ts';
import type { World } from './world.ts';

export type { Control } from './control/control.ts';
export type { Fault, FaultRule } from './control/faults.ts';
export type { Exchange, JournalEntry, JournalFilter } from './control/journal.ts';
export type { HandFailure, OperationFilter, OperationSummary } from './control/operations.ts';
export type { NewOrganization, OrganizationSummary } from './control/organizations.ts';
export type { SeededOperation } from './control/seed.ts';
export type { Snapshot } from './control/snapshot.ts';
export type { SimulatorOptions } from './simulator-options.ts';
export { defaultUsers };
export type { AppRegistration, SignInOptions } from './sign-in/apps.ts';
export type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
export type { PlainAnswer, PlainRequest } from './plain.ts';

/** A running simulator. */
export interface Simulator {
  /** Answers a request. Never throws for what a client can send. */
  readonly handle: (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>;
  readonly clock: Clock;
  /** Hands for a test: reset, journal, faults, operations; over HTTP the same below `/simulator/`. */
  readonly control: Control;
  /**
   * Puts other custom APIs in the place of `customApis` of the options, at once and after each reset, also in further
   * organizations that have none of their own. What clients registered, the samples and the probe stay.
   */
  readonly replaceCustomApis: (apis: readonly CustomApi[]) => void;
  /** A further organization, which `control.organizations.add` made; undefined if there is none of this name. */
  readonly organization: (name: string) => Simulator | undefined;
  /**
   * Tells it how ports are opened for organizations; servers do. Resolves when those that have one already can be
   * reached there, rejects with a {@link ControlError} where one cannot be had.
   */
  readonly openPortsWith: (opener: PortOpener<Simulator>) => Promise<void>;
  /** What it holds at this moment: for its own parts, its shape may change at any time. */
  readonly world: () => World;
  /** Resolves when no callback, webhook or call of the probe is under way. */
  readonly sent: () => Promise<void>;
  /** Stops: no due work runs any more. */
  readonly dispose: () => void;
}

/**
 * Starts a simulator in this process. It opens no port; doors are `handlers.ts` and `server.ts`.
 *
 * @throws ControlError for an organization of the options that cannot be; what keeps data throws its own errors
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const gate = createGate(options.send ?? sendByFetch);
  const start = options.start ?? Date.UTC(2026, 0, 1);
  const journal = new Journal(options.journal ?? defaultEntries);
  const faults = new Faults();
  const signIn =
    options.signIn === false
      ? undefined
      : createSignIn(options.users ?? defaultUsers, options.signIn ?? {}, () => clock.now());
  const send: World['send'] = (request) => {
    const rule = faults.none ? undefined : faults.takeDelivery(request);
    return rule === undefined ? gate.send(request) : deliverWithFault(rule, request, gate.send);
  };
  const { data } = options;
  let customApis = options.customApis ?? [];
  const startAt = (instant: number, content?: OrganizationContent, anew = true) =>
    startOrganization({ ...options, customApis }, send, instant, signIn, content, data?.watch(anew));
  const kept = data?.load();
  let current = startAt(kept?.now ?? start, kept, false);
  for (const id of kept?.interrupted ?? []) current.runner.command(id, interrupted);
  const clock: Clock = {
    kind: current.world.clock.kind,
    now: () => current.world.clock.now(),
    at: (instant, work) => current.world.clock.at(instant, work),
    advance: (milliseconds) => current.world.clock.advance(milliseconds),
    dispose: () => {
      current.stop();
    },
  };
  const organizations = new Organizations<Simulator>(() => current.world, options, createSimulator);
  const control = createControl({
    organizations,
    clock,
    journal,
    faults,
    current: () => current,
    restart: (clockToo) => {
      const from = clockToo ? start : clock.now();
      current.stop();
      current = startAt(from);
    },
    replace: (content) => {
      current.stop();
      current = startAt(content.now, content);
    },
  });
  const serve = (received: PlainRequest) => {
    const { origin = received.origin } = options;
    const request = origin === received.origin ? received : { ...received, origin };
    const answered = handleRequest(current.world, current.runner, request);
    return answered instanceof Promise ? current.unanswered.wait(answered) : answered;
  };
  const answer = (request: PlainRequest) => {
    if (depthOf(request) > deepestCall && !['GET', 'HEAD'].includes(request.method)) {
      return refuserOf(request, clock)(errors.tooManyCallsDeep(deepestCall)).answer;
    }
    if (request.path.startsWith('/simulator/')) {
      if (request.path === clockPath) return clockResource(request, clock);
      if (request.path === healthPath) return healthResource(request);
      return controlResource(control, request) ?? serve(request);
    }
    const signedIn = request.path.startsWith('/api/') ? undefined : signIn?.handle(request);
    if (signedIn !== undefined) return signedIn;
    const rule = faults.none ? undefined : faults.take(request);
    if (rule === undefined) return serve(request);
    const refuse = (error: ApiError) =>
      error.status === 429 ? refuserOf(request, clock)(error).answer : errorAnswer(error);
    return answerWithFault(
      rule,
      () => serve(request),
      (status, headers) => refuse(faultError(status, headers)),
    );
  };
  organizations.begin();
  const answerSafely = answeringSafely(
    options.onFault ?? printFault,
    (request) => refuserOf(request, clock),
    data === undefined ? answer : (request) => whenKept(data, answer(request)),
  );
  const observed = createObserver(journal, clock, options.onExchange, answerSafely);
  return {
    handle: (request) => organizations.of(request)?.handle(request) ?? observed(request),
    clock,
    control,
    replaceCustomApis: (apis) => {
      customApis = apis;
      replaceApis(current.world, apisInCode({ ...options, customApis }));
      organizations.replaceCustomApis(apis);
    },
    organization: (name) => organizations.get(name),
    openPortsWith: (opener) => organizations.openPortsWith(opener),
    world: () => current.world,
    sent: async () => {
      await Promise.all([gate.empty(), organizations.sent()]);
    },
    dispose: () => {
      organizations.dispose();
      current.stop();
      if (data === undefined) return;
      // What came of a delivery that is under way is still kept.
      if (gate.isEmpty()) data.close();
      else
        void gate
          .empty()
          .then(yieldToOthers)
          .then(() => {
            data.close();
          });
    },
  };
}

/** What becomes of an attempt that was under way when the process ended. */
const interrupted: Command = {
  kind: 'fail',
  failure: {
    kind: 'other',
    code: -2_147_204_723,
    message: 'The plug-in execution failed because the Sandbox Worker process crashed.',
  },
};
