import { messages } from '../../contract/vocabulary.ts';
import { editContextList, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoap, forSoapOnly, soapMessage } from '../soap-edits.ts';

export default defineDeviations({
  'at-once': {
    summary: 'executes what the organization service submits before it answers',
    behaviour: forSoapOnly((contract, bySoap) => ({
      runsInline: (operation, situation) => bySoap(operation) || contract.runsInline(operation, situation),
    })),
  },
  never: {
    summary: 'never starts what the organization service submits',
    behaviour: forSoapOnly((contract, bySoap) => ({
      startsAt: (operation, situation) =>
        bySoap(operation) ? undefined : contract.startsAt(operation, situation),
    })),
  },
  'no-row': {
    summary: 'shows no rows of what the organization service submitted',
    behaviour: forSoapOnly((contract, bySoap) => ({
      visible: (operation, situation, by) => !bySoap(operation) && contract.visible(operation, situation, by),
    })),
  },
  'no-event': {
    summary: 'raises no event for what the organization service submitted',
    behaviour: forSoapOnly((contract, bySoap) => ({
      deliveries: (moment, operation, situation) =>
        contract
          .deliveries(moment, operation, situation)
          .filter((each) => each !== 'webhook' || !bySoap(operation)),
    })),
  },
  'another-id': {
    summary: 'gives the id and the monitor of the operation before',
    alsoBreaks: {
      'sdk.callback-uri':
        'the callback tells of the operation that was started, not of the one that was named',
    },
    behaviour: (contract) => {
      let before: string | undefined;
      return editSoap(messages.execute, (xml, { operation }) => {
        const given = before;
        before = operation?.id ?? before;
        return operation === undefined || given === undefined ? xml : xml.replaceAll(operation.id, given);
      })(contract);
    },
  },
  'own-only': {
    summary: 'retrieves only what the organization service submitted',
    alsoBreaks: {
      'sdk.retrieve': 'rows of the Web API are retrieved there, too',
      'sdk.execute-form': 'rows of the Web API are retrieved there, too',
    },
    behaviour: forSoapOnly((contract, bySoap) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const id = /[:<]Id>([0-9a-f-]{36})</i.exec(read.body)?.[1];
        if (id === undefined || soapMessage(read) !== 'Retrieve') return read;
        const known = situation.find(id.toLowerCase());
        return known === undefined || bySoap(known)
          ? read
          : { ...read, body: read.body.replace(id, crypto.randomUUID()) };
      },
    })),
  },
  'not-retried': {
    summary: 'retries nothing that the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) => ({
      retryWait: (o, failure, situation) =>
        bySoap(o) ? undefined : contract.retryWait(o, failure, situation),
    })),
  },
  'relative-location': {
    summary: 'raises its event with a relative LocationUrl for what the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) =>
      editContextList('InputParameters', (pair, o) =>
        pair.key === 'LocationUrl' && bySoap(o)
          ? { ...pair, value: String(pair.value).replace(o.origin, '') }
          : pair,
      )(contract),
    ),
  },
  name: {
    summary: 'names what the organization service submitted after its message',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) =>
      showWhere(['name'], bySoap, () => 'ExecuteBackgroundOperation')(contract),
    ),
  },
  'empty-input': {
    summary: 'keeps no empty inputs of what the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) =>
      showWhere(
        ['inputparameters'],
        (o) => bySoap(o) && o.inputs.some(({ Value }) => Value === ''),
        (o) => JSON.stringify(o.inputs.filter(({ Value }) => Value !== '')),
      )(contract),
    ),
  },
  inputs: {
    summary: 'keeps no inputs of what the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) =>
      showWhere(['inputparameters'], bySoap, () => '[]')(contract),
    ),
  },
  'no-limit': {
    summary: 'sets no limit to the attempts of what the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) => ({
      attemptLimit: (o, situation) =>
        o !== undefined && bySoap(o) ? undefined : contract.attemptLimit(o, situation),
    })),
  },
  unlimited: {
    summary: 'retries what the organization service submitted without an end',
    alsoBreaks: { 'retry.at-most-three': 'it is retried more often than three times' },
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) => ({
      retryWait: (o, failure, situation) => {
        const wait = contract.retryWait(o, failure, situation);
        return wait === undefined && bySoap(o) && failure.kind === 'other' ? 3_600_000 : wait;
      },
    })),
  },
});
