import { asyncOperations } from './asyncoperations.ts';
import { callbackRegistrations } from './callbackregistrations.ts';
import { catalogAssignments, catalogs } from './catalogs.ts';
import { requestParameters, responseProperties } from './customapi-members.ts';
import { customApis } from './customapis.ts';
import { businessUnits, organizations } from './organizations.ts';
import { withPlainColumns } from './plain-columns.ts';
import { pluginAssemblies, pluginTypes } from './plug-ins.ts';
import { processingSteps } from './sdkmessageprocessingsteps.ts';
import { sdkMessageFilters, sdkMessages } from './sdkmessages.ts';
import { serviceEndpoints } from './serviceendpoints.ts';
import type { AnyTable } from './small-table.ts';
import { anyTable } from './small-table.ts';
import { systemUsers } from './systemusers.ts';

/** Every table but that of background operations, by entity set. */
export const smallTables: readonly AnyTable[] = [
  anyTable(asyncOperations),
  anyTable(businessUnits),
  anyTable(callbackRegistrations),
  anyTable(catalogAssignments),
  anyTable(catalogs),
  anyTable(customApis),
  anyTable(requestParameters),
  anyTable(responseProperties),
  anyTable(organizations),
  anyTable(pluginAssemblies),
  anyTable(pluginTypes),
  anyTable(sdkMessageFilters),
  anyTable(sdkMessages),
  anyTable(processingSteps),
  anyTable(serviceEndpoints),
  anyTable(systemUsers),
].map(withPlainColumns);
