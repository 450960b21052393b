import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.headers-nickname',
  breaks: 'event.headers',
  summary: 'calls the environment by its unique name',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((sent) =>
        sent.purpose !== 'webhook'
          ? sent
          : {
              ...sent,
              headers: sent.headers.map(([name, value]) =>
                name === 'x-ms-dynamics-organization' ? [name, 'contoso'] : [name, value],
              ),
            },
      ),
  }),
});
