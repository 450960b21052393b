import type { Column, ColumnType } from '../../core/table.ts';
import type { AnyTable } from './small-table.ts';
import { flagColumn } from './small-table.ts';

/** What every row has in a column, the type of one that is never set, or of a lookup the table that it would lead to. */
type Plain = boolean | number | Exclude<ColumnType, 'lookup'> | `lookup:${string}`;

/**
 * Columns of the table references that nothing here gives a value: clients select them all the same. By logical name.
 */
const plain: Readonly<Record<string, Readonly<Record<string, Plain>>>> = {
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
    _regardingobjectid_value: 'lookup:account',
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
    _fxexpressionid_value: 'lookup:fxexpression',
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
    workflowsdkstepenabled: false,
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
    _sdkmessageprocessingstepsecureconfigid_value: 'lookup:sdkmessageprocessingstepsecureconfig',
  },
  serviceendpoint: {
    introducedversion: 'string',
    _keyvaultreferenceid_value: 'lookup:keyvaultreference',
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
    _parentsystemuserid_value: 'lookup:systemuser',
    personalemailaddress: 'string',
    photourl: 'string',
    preferredaddresscode: 1,
    _queueid_value: 'lookup:queue',
    _territoryid_value: 'lookup:territory',
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

function plainColumn(name: string, value: Plain): Column<unknown> {
  if (typeof value === 'boolean') return { ...flagColumn<unknown>(name, () => value), readOnly: true };
  if (typeof value === 'number') return { name, type: 'integer', readOnly: true, read: () => value };
  if (!isLookup(value)) return { name, type: value, readOnly: true, read: () => null };
  const navigation = name.slice(1, -'_value'.length);
  const lookup = { navigation, entity: value.slice('lookup:'.length) };
  return { name, type: 'lookup', readOnly: true, lookup, read: () => null };
}

function isLookup(value: string): value is `lookup:${string}` {
  return value.startsWith('lookup:');
}
