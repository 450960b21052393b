import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.headers-message',
  breaks: 'event.headers',
  summary: 'names the custom API as the request',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((sent) =>
        sent.purpose !== 'webhook'
          ? sent
          : {
              ...sent,
              headers: sent.headers.map(([name, value]) =>
                name === 'x-ms-dynamics-request-name'
                  ? [name, about.operation?.name ?? value]
                  : [name, value],
              ),
            },
      ),
  }),
});
