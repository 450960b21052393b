import { table } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import { capabilitiesOf } from '../../harness/capabilities.ts';
import type { Client } from '../../harness/client.ts';
import type { Config } from '../../harness/config.ts';
import { maskText } from '../../harness/mask.ts';
import { registrationPrefix, runOfAddress, runOfName } from '../../harness/run-id.ts';
import { TransportError } from '../../harness/verdict.ts';
import { listRunRows } from './rows.ts';

/** Something that a run made and did not take away: in a target, or on a container engine. */
export interface Leftover {
  readonly kind: 'step' | 'webhook' | 'registration' | 'operation' | 'container';
  /** Key of the row, a GUID; of a container 64 hexadecimal digits. */
  readonly id: string;
  /** Name of the row, that of the registration or of the custom API; of a container its image. */
  readonly name: string;
  /** The run that made it. */
  readonly run: string;
}

/** What was found, and what could not be looked at. */
export interface Search {
  readonly found: readonly Leftover[];
  /** Sentences about what this target does not have, so that nothing can be left there. */
  readonly unseen: readonly string[];
  /** Sentences about what the target refused to list. */
  readonly refused: readonly string[];
}

const nothing: Search = { found: [], unseen: [], refused: [] };

/** Registrations in the order in which they can be removed: a webhook that a step uses cannot. */
const registrations = [
  { kind: 'step', set: 'sdkmessageprocessingsteps', key: 'sdkmessageprocessingstepid' },
  { kind: 'webhook', set: 'serviceendpoints', key: 'serviceendpointid' },
  { kind: 'registration', set: 'callbackregistrations', key: 'callbackregistrationid' },
] as const;

/** The set that a kind of registration is a row of; empty for what is no registration. */
export function setOf(kind: Leftover['kind']): string {
  return registrations.find((one) => one.kind === kind)?.set ?? '';
}

/**
 * Finds what runs left behind: registrations by their name, operations that have not ended by the
 * address of the listener in their inputs. Reads only.
 *
 * @param run the one run to look for; all runs when absent
 */
export async function findLeftovers(client: Client, config: Config, run?: string): Promise<Search> {
  const { callbackRegistrations } = capabilitiesOf(config);
  const offered = registrations.filter(({ kind }) => kind !== 'registration' || callbackRegistrations);
  const parts = [...offered.map((one) => registered(client, one)), operations(client, config)];
  const settled = await Promise.allSettled(parts);
  const failed = settled.filter((one) => one.status === 'rejected');
  // A target that answers nothing at all is out of reach; one that answers some of it is looked over as far as it goes.
  if (failed.length === parts.length) throw failed[0]?.reason;
  const searches = settled.map((one) => (one.status === 'fulfilled' ? one.value : unreached(one.reason)));
  return {
    found: searches.flatMap(({ found }) => found).filter((one) => run === undefined || one.run === run),
    unseen: searches.flatMap(({ unseen }) => unseen),
    refused: searches.flatMap(({ refused }) => refused),
  };
}

async function registered(
  client: Client,
  { kind, set, key }: (typeof registrations)[number],
): Promise<Search> {
  const filter = encodeURIComponent(`startswith(name,'${registrationPrefix}')`);
  const listed = await listRunRows(client, `${set}?$select=${key},name&$filter=${filter}`);
  if ('refused' in listed) return unlisted(set, listed.refused);
  return {
    ...nothing,
    ...unfinished(set, listed),
    found: listed.rows.flatMap((row) => leftover(kind, row, key, runOfName(text(row['name'])))),
  };
}

async function operations(client: Client, { target }: Config): Promise<Search> {
  if (!target.table) {
    return { ...nothing, unseen: ['target.table is false, so operations cannot be found by their run'] };
  }
  if (target.probe.kind === 'fixed') {
    return { ...nothing, unseen: ['operations of a fixed custom API do not tell their run'] };
  }
  const columns = [table.key, 'name', table.state, table.status, 'inputparameters'].join(',');
  const name = target.probe.customApi.replaceAll("'", "''");
  const filter = encodeURIComponent(`name eq '${name}' and ${table.state} ne 3`);
  const marked = (row: JsonObject): boolean => runOfAddress(text(row['inputparameters'])) !== undefined;
  const listed = await listRunRows(client, `${table.set}?$select=${columns}&$filter=${filter}`, marked);
  if ('refused' in listed) return unlisted(table.set, listed.refused);
  const pending = listed.rows.filter((row) => row[table.status] !== 22 && row[table.state] !== 3);
  return {
    ...nothing,
    ...unfinished(table.set, listed),
    found: pending.flatMap((row) =>
      leftover('operation', row, table.key, runOfAddress(text(row['inputparameters']))),
    ),
  };
}

function leftover(
  kind: Leftover['kind'],
  row: JsonObject,
  key: string,
  run: string | undefined,
): readonly Leftover[] {
  return run === undefined ? [] : [{ kind, id: text(row[key]), name: text(row['name']), run }];
}

/** What was read of a collection is taken away; that there may be more is not left unsaid. */
function unfinished(set: string, { unfinished: why }: { unfinished?: string }): Partial<Search> {
  return why === undefined
    ? {}
    : { refused: [maskText(`${set} could not be listed to its end, since ${why}`)] };
}

function unreached(error: unknown): Search {
  if (!(error instanceof TransportError)) throw error;
  return { ...nothing, refused: [maskText(`a part of the target could not be listed: ${error.message}`)] };
}

function unlisted(set: string, answer: Answer): Search {
  const sentence = maskText(`${set} could not be listed: ${answer.describe()}`);
  return { ...nothing, ...(answer.status === 404 ? { unseen: [sentence] } : { refused: [sentence] }) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
