import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

const own = new Set<string>(Object.values(members));

export default defineDeviations({
  'basic-plane': {
    summary: 'replaces characters beyond the basic plane',
    alsoBreaks: { 'monitor.agrees-with-row': 'the row keeps those characters' },
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) =>
        typeof value === 'string' ? value.replace(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD') : value,
      ),
    ),
  },
  'camel-case': {
    summary: 'begins the names of outputs in lower case',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: edit('monitor', (monitor) =>
      Object.fromEntries(
        Object.entries(monitor).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
    ),
  },
  cut: {
    summary: 'cuts texts at 4000 characters',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.slice(0, 4000) : value)),
    ),
  },
  escaped: {
    summary: 'escapes texts as if they stood in markup',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) =>
        typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : value,
      ),
    ),
  },
  'falsy-dropped': {
    summary: 'drops outputs that are 0, false or empty',
    alsoBreaks: { 'monitor.agrees-with-row': 'the row has the outputs that are 0 or false' },
    behaviour: edit('monitor', (monitor) =>
      Object.fromEntries(Object.entries(monitor).filter(([name, value]) => own.has(name) || Boolean(value))),
    ),
  },
  'key-value': {
    summary: 'shows the outputs as the text of the row’s column',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const shown = contract.monitor(operation, situation);
        const { outputs } = operation;
        if (outputs === undefined) return shown;
        const others = Object.entries(shown).filter(([name]) => own.has(name));
        return {
          ...Object.fromEntries(others),
          outputparameters: contract.keyValues(outputs, situation.choices),
        };
      },
    }),
  },
  nested: {
    summary: 'puts the outputs into an object of their own',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: edit('monitor', (monitor) => {
      const outputs = Object.entries(monitor).filter(([name]) => !own.has(name));
      const others = Object.entries(monitor).filter(([name]) => own.has(name));
      return {
        ...Object.fromEntries(others),
        ...(outputs.length > 0 ? { outputs: Object.fromEntries(outputs) } : {}),
      };
    }),
  },
  normalized: {
    summary: 'composes letters with their accents',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.normalize('NFC') : value)),
    ),
  },
  trimmed: {
    summary: 'trims texts',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.trim() : value)),
    ),
  },
});
