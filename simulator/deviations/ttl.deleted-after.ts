import type { Situation } from '../situation.ts';
import type { Operation } from '../core/operation.ts';
import { withJson } from '../edit.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  double: {
    summary: 'deletes rows after 180 days',
    alsoBreaks: { 'ttl.monitor-gone': 'the monitor shows what the table keeps' },
    behaviour: (contract) => ({
      expiresAt: (operation, choices) =>
        contract.expiresAt({ ...operation, ttlSeconds: 15_552_000 }, choices),
    }),
  },
  never: {
    summary: 'keeps rows for ever',
    alsoBreaks: { 'ttl.monitor-gone': 'the monitor shows what the table keeps' },
    behaviour: () => ({ expiresAt: () => Infinity }),
  },
  failed: {
    summary: 'keeps what has failed for ever',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.status === 31 ? Number.MAX_SAFE_INTEGER : at)),
  },
  canceled: {
    summary: 'keeps what was canceled for ever',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.canceled ? Infinity : at)),
  },
  listed: {
    summary: 'goes on listing rows that have expired',
    alsoBreaks: { 'sdk.unknown-id': 'what has expired is still found there' },
    narrow: true,
    behaviour: (contract) => {
      const gone = (o: Operation, { now, choices }: Situation) => now >= contract.expiresAt(o, choices);
      return {
        expiresAt: () => Infinity,
        visible: (o, situation, by) =>
          contract.visible(o, situation, by) && (by === 'collection' || !gone(o, situation)),
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.before !== undefined && gone(about.before, about)
            ? withJson(given, 404, {
                error: { code: '0x80048d02', message: `Could not find item '${about.before.id}'.` },
              })
            : given;
        },
      };
    },
  },
  sliding: {
    summary: 'begins the time to live anew with every reading of the row',
    narrow: true,
    behaviour: (contract) => {
      const read = new Map<string, number>();
      const gone = (o: Operation, { now, choices }: Situation) =>
        now >= Math.max(contract.expiresAt(o, choices), (read.get(o.id) ?? 0) + o.ttlSeconds * 1_000);
      return {
        expiresAt: () => Infinity,
        visible: (o, situation, by) => contract.visible(o, situation, by) && !gone(o, situation),
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          if (about.before === undefined) return given;
          if (gone(about.before, about))
            return withJson(given, 404, {
              error: { code: '0x80048d02', message: `Could not find item '${about.before.id}'.` },
            });
          if (about.resource === 'row-get') read.set(about.before.id, about.now);
          return given;
        },
      };
    },
  },
});
