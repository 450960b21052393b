import { probe } from '../custom-apis/probe.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.outputs-only-on-success-nulls',
  breaks: 'monitor.outputs-only-on-success',
  summary: 'shows every declared output, null before there is one',
  behaviour: (contract) => ({
    monitor: (operation, situation) => ({
      ...Object.fromEntries(probe.properties.map(({ uniqueName }) => [uniqueName, null])),
      ...contract.monitor(operation, situation),
    }),
  }),
});
