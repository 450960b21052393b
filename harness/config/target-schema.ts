import { z } from 'zod';
import {
  address,
  environmentName,
  flag,
  milliseconds,
  oneOf,
  port,
  secretAddress,
  text,
  textMap,
} from './wanted.ts';

const none = z.strictObject({ kind: z.literal('none') });
const bearer = z.strictObject({ kind: z.literal('bearer'), tokenEnv: environmentName() });
const clientCredentials = z.strictObject({
  kind: z.literal('client-credentials'),
  tenantId: text('the directory (tenant) id'),
  clientId: text('the application (client) id'),
  clientSecretEnv: environmentName(),
  scope: text('a scope, e.g. "https://contoso.crm.dynamics.com/.default"').optional(),
  authority: secretAddress('the https address of the sign-in service').optional(),
});
const defaultCredential = z.strictObject({
  kind: z.literal('default-azure-credential'),
  scope: text('a scope, e.g. "https://contoso.crm.dynamics.com/.default"').optional(),
});
/**
 * One of the built-in simulator's users; their tokens are public, so no environment variable is needed. A
 * simulator that others can reach makes up its own, for as long as it runs: `token`.
 */
const simulatorUser = z.strictObject({
  kind: z.literal('simulator-user'),
  user: oneOf(['initiator', 'other', 'unprivileged']),
  token: text('the token that bgop simulate printed').optional(),
});

const auth = z.discriminatedUnion('kind', [
  none,
  bearer,
  clientCredentials,
  defaultCredential,
  simulatorUser,
]);

const probeDefault = {
  kind: 'control',
  customApi: 'bgop_Probe',
  displayName: 'Background operation probe',
} as const;
const controlProbe = z.strictObject({
  kind: z.literal('control'),
  customApi: text('the unique name of the probe’s custom API').default(probeDefault.customApi),
  displayName: text('the display name of the probe’s custom API').default(probeDefault.displayName),
});
const jsonObject = () => z.record(z.string(), z.json(), { error: 'a JSON object' });
const fixedProbe = z.strictObject({
  kind: z.literal('fixed'),
  succeeds: z.strictObject({
    name: text('the unique name of a custom API that succeeds'),
    body: jsonObject().default({}),
    outputs: jsonObject().default({}),
  }),
  fails: z
    .strictObject({
      name: text('the unique name of a custom API that fails'),
      body: jsonObject().default({}),
      errorCode: z.int({ error: 'a whole number' }).optional(),
      errorMessage: text('the message with which it fails').optional(),
    })
    .optional(),
});

const realClock = z.strictObject({ kind: z.literal('real') });
const virtualClock = z.strictObject({
  kind: z.literal('virtual'),
  url: text('the address of the clock interface, absolute or relative to target.url'),
  /** What a clock interface that is not open to everybody wants to see, as a bearer token. */
  tokenEnv: environmentName().optional(),
  /** The same, of a simulator that generated it for as long as it runs. */
  token: text('the control token that bgop simulate printed').optional(),
});

const events = z.strictObject({
  kind: oneOf(['webhook-step', 'preregistered', 'callback-registration']),
  /** Whether rows of callbackregistrations can be made too. */
  callbackRegistrations: flag().optional(),
});

/** Keys of every kind of target, with the defaults of one about which nothing is known. */
const common = {
  name: text('a name for the report').optional(),
  apiVersion: z
    .string({ error: 'a version such as "v9.2"' })
    .regex(/^v\d+\.\d+$/, { error: 'a version such as "v9.2"' })
    .default('v9.2'),
  probe: z.discriminatedUnion('kind', [controlProbe, fixedProbe]).default(probeDefault),
  callbacks: flag().default(true),
  table: flag().default(true),
};

/** Whether the organization service is offered: at the usual path, or at an address of its own. */
const sdk = () =>
  z.union([z.boolean(), address('its address')], {
    error: 'true, false, or the http or https address of the organization service',
  });

const echo = () => text('the unique name of a custom API that gives back what it is given');

const external = {
  ...common,
  sdk: sdk().default(false),
  echo: echo().optional(),
  auth: auth.default({ kind: 'none' }),
  otherUserAuth: auth.optional(),
  unprivilegedAuth: auth.optional(),
  clock: z.discriminatedUnion('kind', [realClock, virtualClock]).default({ kind: 'real' }),
  events: events.optional(),
};

/** The embedded simulator offers everything, so that is its default. */
const simulator = z.strictObject({
  kind: z.literal('simulator'),
  ...common,
  sdk: flag().default(true),
  echo: echo().default('sample_Echo'),
  auth: auth.default({ kind: 'simulator-user', user: 'initiator' }),
  otherUserAuth: auth.default({ kind: 'simulator-user', user: 'other' }),
  unprivilegedAuth: auth.default({ kind: 'simulator-user', user: 'unprivileged' }),
  clock: z
    .discriminatedUnion('kind', [realClock, virtualClock])
    .default({ kind: 'virtual', url: '/simulator/clock' }),
  events: events.default({ kind: 'webhook-step', callbackRegistrations: true }),
  /** Names of deviations to switch on. */
  deviations: z.array(text('the name of a deviation'), { error: 'a list of deviations' }).default([]),
  /** Seed of the freedoms that the documentation leaves; absent: the documented choices. */
  vary: z.int({ error: 'a whole number' }).optional(),
});

const url = z.strictObject({
  kind: z.literal('url'),
  url: address('the http or https address of the organization'),
  ...external,
});

const container = z.strictObject({
  kind: z.literal('container'),
  image: text('the name of a container image'),
  port: port(1),
  env: textMap().default({}),
  waitFor: z
    .string({ error: 'a path such as "/ready"' })
    .regex(/^\//, { error: 'a path such as "/ready"' })
    .optional(),
  startTimeoutMs: milliseconds(1).default(60_000),
  ...external,
});

/** What is tested, by `kind`. */
export const targetSchema = z.discriminatedUnion('kind', [simulator, url, container]);

/** How one principal signs in; secrets stand here as names of environment variables only. */
export type AuthConfig = z.output<typeof auth>;
/** The probe, or the custom APIs that stand in for it. */
export type ProbeConfig = z.output<typeof targetSchema>['probe'];
/** The target's clock. `url` is absolute for kind `url` once loaded, else relative to the target. */
export type ClockConfig = z.output<typeof targetSchema>['clock'];
