import type { Asker } from './asker.ts';
import { askForPrincipals } from './principals.ts';
import { clockOf, targetKindOf, probeOf, type InitOptions, type YesNo } from './options.ts';
import { trouble } from './trouble.ts';

/** Asks for whatever the options leave open, and what matters to this kind of target. */
export async function askFor(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const placed = await askForPlace(options, asker);
  if (targetKindOf(placed) === 'simulator') return placed;
  const known = await askForPrincipals(placed, asker);
  const probed = await askForProbe(known, asker);
  return askForListener(await askForOffers(await askForClock(probed, asker), asker), asker);
}

async function askForPlace(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const told = options.kind ?? options.url ?? options.image;
  const kind =
    told !== undefined
      ? targetKindOf(options)
      : await asker.choose(
          'What is to be tested?',
          [
            { value: 'url', label: 'something at an address: an implementation, a tenant' },
            { value: 'container', label: 'a container image, started for each run' },
            { value: 'simulator', label: 'the built-in simulator, in the process of the suite' },
          ],
          'url',
        );
  if (kind === 'url') {
    const message = 'Its address, such as https://contoso.crm.dynamics.com';
    return { ...options, kind, url: options.url ?? (await asker.text(message, trouble.address)) };
  }
  if (kind === 'simulator') return { ...options, kind };
  const image = options.image ?? (await asker.text('Name of the image', trouble.some));
  const containerPort =
    options.containerPort ?? Number(await asker.text('Port on which it serves', trouble.port));
  return { ...options, kind, image, containerPort };
}

async function askForProbe(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const told = options.probe ?? options.customApi ?? options.succeeds;
  const probe =
    told !== undefined
      ? probeOf(options)
      : await asker.choose(
          'Which custom API is driven?',
          [
            { value: 'control', label: 'the probe, which does what the suite tells it' },
            { value: 'fixed', label: 'custom APIs that are there already (much stays untested)' },
          ],
          'control',
        );
  if (probe === 'control') {
    const customApi = options.customApi ?? (await asker.text('Its unique name', trouble.some, 'bgop_Probe'));
    return { ...options, probe, customApi };
  }
  const succeeds = options.succeeds ?? (await asker.text('Unique name of one that succeeds', trouble.some));
  const fails =
    options.fails ?? (await asker.text('Unique name of one that fails (may be left out)', trouble.none, ''));
  return { ...options, probe, succeeds, ...(fails === '' ? {} : { fails }) };
}

async function askForClock(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const told = options.clock ?? options.clockUrl;
  const clock =
    told !== undefined
      ? clockOf(options)
      : await asker.choose(
          'Clock',
          [
            { value: 'real', label: 'real time' },
            { value: 'virtual', label: 'controlled by the suite, through a clock interface' },
          ],
          'real',
        );
  if (clock === 'real') return { ...options, clock };
  const message = 'The clock interface: an address, or a path of the target';
  return { ...options, clock, clockUrl: options.clockUrl ?? (await asker.text(message, trouble.some)) };
}

async function askForOffers(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const yesNo = async (told: YesNo | undefined, message: string, initial: boolean): Promise<YesNo> =>
    told ?? ((await asker.confirm(message, initial)) ? 'yes' : 'no');
  const table = await yesNo(options.table, 'Does it offer the table backgroundoperations?', true);
  const callbacks = await yesNo(options.callbacks, 'Can it call back to this machine?', true);
  const events =
    options.events ??
    (await asker.choose<NonNullable<InitOptions['events']>>(
      'Can events be subscribed to?',
      [
        { value: 'none', label: 'no' },
        { value: 'webhook-step', label: 'yes, the suite registers a webhook and a step, and removes them' },
        { value: 'preregistered', label: 'yes, a webhook already points at the listener' },
        { value: 'callback-registration', label: 'only as flows do it, by rows of callbackregistrations' },
      ],
      'none',
    ));
  const sdk = await yesNo(options.sdk, 'Does it offer the organization service (SDK)?', false);
  return { ...options, table, callbacks, events, sdk };
}

/** A target on this machine reaches the listener anyway. */
async function askForListener(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const { publicUrl: told, url } = options;
  if (told === undefined && (url === undefined || isHere(url))) return options;
  const message =
    'Public address of the listener, a tunnel or proxy (empty: the target reaches this machine)';
  const publicUrl = told ?? (await asker.text(message, emptyOr(trouble.address), ''));
  if (publicUrl === '') return options;
  const listenerPort =
    options.listenerPort ?? Number(await asker.text('Port to which it forwards', trouble.port));
  return { ...options, publicUrl, listenerPort };
}

const emptyOr =
  (check: (answer: string) => string | undefined) =>
  (answer: string): string | undefined =>
    answer === '' ? undefined : check(answer);

function isHere(url: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
}
