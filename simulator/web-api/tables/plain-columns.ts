import type { Column, ColumnType } from '../../core/table.ts';
import type { AnyTable } from './small-table.ts';
import { flagColumn } from './small-table.ts';

/**
 * Columns of the table references that nothing here gives a value: clients select them all the same. By logical name,
 * with what every row has there, or the type of a column that is never set.
 */
const plain: Readonly<Record<string, Readonly<Record<string, ColumnType | boolean | number>>>> = {
  asyncoperation: {
    errorcode: 'integer',
    executiontimespan: 'integer',
    depth: 1,
    retrycount: 0,
    sequence: 'bigint',
    modifiedon: 'datetime',
    postponeuntil: 'datetime',
    hostid: 'string',
    primaryentitytype: 'string',
    recurrencepattern: 'string',
    recurrencestarttime: 'datetime',
    requestid: 'guid',
    breadcrumbid: 'guid',
    rootexecutioncontext: 'string',
    workflowstagename: 'string',
  },
  businessunit: {
    costcenter: 'string',
    description: 'memo',
    divisionname: 'string',
    disabledreason: 'string',
    emailaddress: 'string',
    fileasname: 'string',
    ftpsiteurl: 'string',
    stockexchange: 'string',
    tickersymbol: 'string',
    websiteurl: 'string',
  },
  catalog: { description: 'memo' },
  customapi: {
    importsequencenumber: 'integer',
    overriddencreatedon: 'datetime',
    timezoneruleversionnumber: 'integer',
    utcconversiontimezonecode: 'integer',
  },
  customapirequestparameter: {
    importsequencenumber: 'integer',
    overriddencreatedon: 'datetime',
    timezoneruleversionnumber: 'integer',
    utcconversiontimezonecode: 'integer',
  },
  customapiresponseproperty: {
    importsequencenumber: 'integer',
    overriddencreatedon: 'datetime',
    timezoneruleversionnumber: 'integer',
    utcconversiontimezonecode: 'integer',
  },
  organization: {
    blockedattachments: 'memo',
    currencyprecision: 'integer',
    dateformatstring: 'string',
    fiscalcalendarstart: 'datetime',
    isauditenabled: false,
    orgdborgsettings: 'string',
    timeformatstring: 'string',
    utcconversiontimezonecode: 'integer',
  },
  pluginassembly: { customizationlevel: 1, path: 'string', sourcehash: 'string', username: 'string' },
  plugintype: {
    customizationlevel: 1,
    customworkflowactivityinfo: 'string',
    isworkflowactivity: false,
    workflowactivitygroupname: 'string',
  },
  sdkmessage: {
    autotransact: false,
    availability: 0,
    customizationlevel: 0,
    expand: false,
    executeprivilegename: 'string',
    introducedversion: 'string',
    isactive: true,
    isreadonly: false,
    isvalidforexecuteasync: true,
    template: false,
    throttlesettings: 'string',
  },
  sdkmessagefilter: {
    availability: 0,
    customizationlevel: 0,
    introducedversion: 'string',
    iscustomprocessingstepallowed: true,
    isvisible: true,
    restrictionlevel: 0,
    secondaryobjecttypecode: 'string',
    workflowsdkstepenabled: false,
  },
  sdkmessageprocessingstep: {
    canbebypassed: false,
    canusereadonlyconnection: false,
    category: 'string',
    customizationlevel: 1,
    enablepluginprofiler: false,
    eventexpander: 'string',
    introducedversion: 'string',
    invocationsource: 0,
    runtimeintegrationproperties: 'string',
    _sdkmessageprocessingstepsecureconfigid_value: 'guid',
  },
  serviceendpoint: {
    introducedversion: 'string',
    messagecharset: 'integer',
    namespaceaddress: 'string',
    namespaceformat: 'integer',
    path: 'string',
    runtimeintegrationproperties: 'string',
    saskeyname: 'string',
    issaskeyset: false,
    issastokenset: false,
    schematype: 'integer',
    solutionnamespace: 'string',
    usekeyvaultconfiguration: false,
    userclaim: 1,
  },
  systemuser: {
    address1_telephone1: 'string',
    applicationiduri: 'string',
    caltype: 0,
    deletedstate: 0,
    disabledreason: 'string',
    employeeid: 'string',
    homephone: 'string',
    issyncwithdirectory: false,
    jobtitle: 'string',
    middlename: 'string',
    mobilephone: 'string',
    nickname: 'string',
    personalemailaddress: 'string',
    photourl: 'string',
    preferredaddresscode: 1,
    userlicensetype: 'integer',
    windowsliveid: 'string',
    yomifullname: 'string',
  },
};

/** The table with those of its columns that are the same in each row. */
export function withPlainColumns(table: AnyTable): AnyTable {
  const known = new Set(table.columns.map(({ name }) => name));
  const more = Object.entries(plain[table.entity] ?? {}).filter(([name]) => !known.has(name));
  return { ...table, columns: [...table.columns, ...more.map(([name, value]) => plainColumn(name, value))] };
}

function plainColumn(name: string, value: ColumnType | boolean | number): Column<unknown> {
  if (typeof value === 'boolean') return { ...flagColumn<unknown>(name, () => value), readOnly: true };
  if (typeof value === 'number') return { name, type: 'integer', readOnly: true, read: () => value };
  return { name, type: value, readOnly: true, read: () => null };
}
