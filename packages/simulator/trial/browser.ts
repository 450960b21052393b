import { createSimulator } from 'background-operations-simulator';
import { createHandlers } from 'background-operations-simulator/handlers';
export const handlers = createHandlers(createSimulator(), 'https://contoso.crm.dynamics.com');
