import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  platform: {
    summary: 'retries an attempt of a canceled operation that fails with an error of the platform',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    choices: { retryPlatformErrors: true },
    behaviour: (contract) => {
      const again = new Set<string>();
      return {
        retryWait: (operation, failure, situation) => {
          const platform = failure.kind === 'platform' && operation.canceled;
          if (!platform) return contract.retryWait(operation, failure, situation);
          again.add(operation.id);
          return contract.retryWait({ ...operation, canceled: false }, failure, situation);
        },
        begins: (operation, situation) => again.has(operation.id) || contract.begins(operation, situation),
      };
    },
  },
  retried: {
    summary: 'retries an attempt that fails although the operation was canceled',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.no-retry-while-waiting': 'the retry that was due is made as well',
    },
    behaviour: (contract) => ({
      retryWait: (operation, failure, situation) =>
        contract.retryWait({ ...operation, canceled: false }, failure, situation),
      begins: (operation, situation) => operation.attempts > 0 || contract.begins(operation, situation),
    }),
  },
  third: {
    summary: 'retries a third attempt that fails although the operation was canceled',
    alsoBreaks: {
      'cancel.no-retry-while-waiting': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => ({
      retryWait: (o, failure, situation) =>
        contract.retryWait(o.attempts === 3 ? { ...o, canceled: false } : o, failure, situation),
      begins: (o, situation) => contract.begins(o, situation) || o.attempts === 3,
    }),
  },
  'patched-retry': {
    summary: 'retries a retry that was canceled by PATCH while it ran',
    alsoBreaks: {
      'cancel.twice': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const patched = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const { before, operation } = about;
          if (
            about.resource === 'row-patch' &&
            before?.executing === true &&
            before.attempts > 1 &&
            operation?.canceled === true
          )
            patched.add(before.id);
          return contract.answer(answer, request, about);
        },
        retryWait: (o, failure, situation) =>
          contract.retryWait(patched.has(o.id) ? { ...o, canceled: false } : o, failure, situation),
        begins: (o, situation) => patched.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  'time-out': {
    summary: 'retries an attempt that times out although the operation was canceled',
    narrow: true,
    behaviour: (contract) => {
      const retried = new Set<string>();
      return {
        retryWait: (o, failure, situation) => {
          if (failure.kind !== 'time-out' || !o.canceled) return contract.retryWait(o, failure, situation);
          retried.add(o.id);
          return contract.retryWait({ ...o, canceled: false }, failure, situation);
        },
        begins: (o, situation) => retried.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  late: {
    summary: 'loses a cancellation that comes later than a minute after the start of the attempt',
    narrow: true,
    behaviour: (contract) => {
      const started = new Map<string, number>();
      const lost = new Set<string>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'start') started.set(after.id, situation.now);
          const since = situation.now - (started.get(after.id) ?? situation.now);
          if (command.kind === 'cancel' && before.executing && since > 60_000) lost.add(after.id);
          const kept = contract.afterStep(after, before, command, situation);
          return command.kind === 'fail' && lost.has(after.id) ? { ...kept, canceled: false } : kept;
        },
        retryWait: (o, failure, situation) =>
          contract.retryWait(lost.has(o.id) ? { ...o, canceled: false } : o, failure, situation),
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
  others: {
    summary: 'retries what failed although another user had canceled it while it ran',
    narrow: true,
    behaviour: (contract) => {
      const lost = new Set<string>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'cancel' && before.executing && command.by !== before.runAs)
            lost.add(after.id);
          const kept = contract.afterStep(after, before, command, situation);
          return command.kind === 'fail' && lost.has(after.id) ? { ...kept, canceled: false } : kept;
        },
        retryWait: (o, failure, situation) =>
          contract.retryWait(lost.has(o.id) ? { ...o, canceled: false } : o, failure, situation),
        begins: (o, situation) => lost.has(o.id) || contract.begins(o, situation),
      };
    },
  },
});
