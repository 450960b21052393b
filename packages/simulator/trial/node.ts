import {
  createSimulator,
  PlatformError,
  numberOf,
  deviated,
  type CustomApi,
  type SimulatorOptions,
} from 'background-operations-simulator';
import { startServer, type RunningServer } from 'background-operations-simulator/server';
import { withDeviations, listDeviations } from 'background-operations-simulator/deviations';
import { contractBehaviour, edit, type Behaviour } from 'background-operations-simulator/decisions';
import once from 'background-operations-simulator/deviations/callback.once';
import type { Execution } from 'background-operations-simulator/custom-api';

const half: CustomApi = {
  uniqueName: 'my_Half',
  displayName: 'Half',
  parameters: [{ uniqueName: 'Of', type: 'Integer' }],
  properties: [{ uniqueName: 'Is', type: 'Decimal' }],
  execute: async ({ inputs, pause }: Execution) => {
    await pause(5000);
    if (inputs.Of === undefined) throw new PlatformError(1, 'none');
    return { Is: numberOf(inputs.Of) / 2 };
  },
};
const options: SimulatorOptions = { customApis: [half], ...(await withDeviations('callback.once-twice')) };
const server: RunningServer = await startServer(createSimulator(options));
const behaviour: Behaviour = contractBehaviour;
export const all = [await listDeviations(), edit, behaviour, deviated(Object.values(once)), server.url];
