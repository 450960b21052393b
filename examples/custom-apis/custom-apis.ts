import { PlatformError, numberOf, type CustomApi } from 'background-operations-simulator/custom-api';

const half: CustomApi = {
  uniqueName: 'contoso_Half',
  displayName: 'Half',
  parameters: [{ uniqueName: 'Of', type: 'Integer' }],
  properties: [{ uniqueName: 'Is', type: 'Decimal' }],
  execute: async ({ inputs, pause }) => {
    const of = numberOf(inputs.Of);
    if (of < 0) throw new PlatformError(-2147220989, 'Of must not be negative.');
    await pause(5_000);
    return { Is: of / 2 };
  },
};

export default {
  customApis: [half, { uniqueName: 'contoso_Ping', durationMs: 1_000 }],
};
