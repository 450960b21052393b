import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.message-name-operation',
  breaks: 'event.message-name',
  summary: 'names the custom API as the message',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return { ...told, MessageName: operation.name };
    },
  }),
});
