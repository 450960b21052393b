/** The tables around events: what they are called, what they hold, and the rows that stand in them from the start. */
import { PROBE } from './probe.mjs';

const guid = { type: 'guid' };
const string = { type: 'string' };
const number = { type: 'number' };
const boolean = { type: 'boolean' };
const datetime = { type: 'datetime' };
const choice = (labels) => ({ type: 'picklist', labels });

const AUDIT = { createdon: datetime, modifiedon: datetime, versionnumber: number };
const ENABLED = {
  statecode: choice({ 0: 'Enabled', 1: 'Disabled' }),
  statuscode: choice({ 1: 'Enabled', 2: 'Disabled' }),
};
const STEP_TYPES = choice({ 0: 'None', 1: 'Async Only', 2: 'Sync and Async' });

export const COMPLETION_MESSAGE = 'OnBackgroundOperationComplete';

const PROBE_MESSAGE_ID = '70000000-0000-4000-8000-000000000001';
const COMPLETION_MESSAGE_ID = '70000000-0000-4000-8000-000000000002';

/** `allows` are the changes that clients may make; `binds` are lookups: property → column and the set it points to. */
export const REGISTRY_TABLES = [
  {
    set: 'sdkmessages',
    entity: 'sdkmessage',
    key: 'sdkmessageid',
    allows: [],
    columns: {
      sdkmessageid: guid,
      name: string,
      categoryname: string,
      isprivate: boolean,
      isactive: boolean,
      ...AUDIT,
    },
    rows: [
      {
        sdkmessageid: PROBE_MESSAGE_ID,
        name: PROBE.uniquename,
        categoryname: 'CustomAPI',
        isprivate: false,
        isactive: true,
      },
      {
        sdkmessageid: COMPLETION_MESSAGE_ID,
        name: COMPLETION_MESSAGE,
        categoryname: 'CustomAPI',
        isprivate: false,
        isactive: true,
      },
      {
        sdkmessageid: '70000000-0000-4000-8000-000000000003',
        name: 'WhoAmI',
        isprivate: false,
        isactive: true,
      },
    ],
  },
  {
    set: 'customapis',
    entity: 'customapi',
    key: 'customapiid',
    allows: [],
    columns: {
      customapiid: guid,
      uniquename: string,
      name: string,
      displayname: string,
      description: string,
      bindingtype: choice({ 0: 'Global', 1: 'Entity', 2: 'Entity Collection' }),
      boundentitylogicalname: string,
      isfunction: boolean,
      isprivate: boolean,
      allowedcustomprocessingsteptype: STEP_TYPES,
      executeprivilegename: string,
      workflowsdkstepenabled: boolean,
      _sdkmessageid_value: guid,
      statecode: choice({ 0: 'Active', 1: 'Inactive' }),
      statuscode: choice({ 1: 'Active', 2: 'Inactive' }),
      ...AUDIT,
    },
    rows: [
      customApi(PROBE.uniquename, PROBE.displayname, PROBE_MESSAGE_ID, 0),
      customApi(COMPLETION_MESSAGE, 'On Background Operation Complete', COMPLETION_MESSAGE_ID, 1),
    ],
  },
  {
    set: 'serviceendpoints',
    entity: 'serviceendpoint',
    key: 'serviceendpointid',
    allows: ['POST', 'PATCH', 'DELETE'],
    hidden: ['authvalue'],
    columns: {
      serviceendpointid: guid,
      name: string,
      description: string,
      url: string,
      contract: choice({ 8: 'Webhook' }),
      authtype: choice({ 4: 'WebhookKey', 5: 'HttpHeader', 6: 'HttpQueryString' }),
      connectionmode: choice({ 1: 'Normal', 2: 'Federated' }),
      messageformat: choice({ 1: 'Binary XML', 2: 'Json', 3: 'Text XML' }),
      userclaim: choice({ 1: 'None', 2: 'UserId', 3: 'UserInfo' }),
      path: string,
      solutionnamespace: string,
      ...AUDIT,
    },
  },
  {
    set: 'sdkmessageprocessingsteps',
    entity: 'sdkmessageprocessingstep',
    key: 'sdkmessageprocessingstepid',
    allows: ['POST', 'PATCH', 'DELETE'],
    binds: {
      sdkmessageid: ['_sdkmessageid_value', 'sdkmessages'],
      eventhandler_serviceendpoint: ['_eventhandler_value', 'serviceendpoints'],
    },
    defaults: {
      mode: 0,
      stage: 40,
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: false,
      invocationsource: 0,
      statecode: 0,
      statuscode: 1,
    },
    columns: {
      sdkmessageprocessingstepid: guid,
      name: string,
      description: string,
      mode: choice({ 0: 'Synchronous', 1: 'Asynchronous' }),
      stage: choice({ 10: 'Pre-validation', 20: 'Pre-operation', 40: 'Post-operation' }),
      rank: number,
      supporteddeployment: choice({
        0: 'Server Only',
        1: 'Microsoft Dynamics 365 Client for Outlook Only',
        2: 'Both',
      }),
      asyncautodelete: boolean,
      invocationsource: choice({ '-1': 'Internal', 0: 'Parent', 1: 'Child' }),
      configuration: string,
      filteringattributes: string,
      ...ENABLED,
      _sdkmessageid_value: guid,
      _eventhandler_value: guid,
      ...AUDIT,
    },
  },
  {
    set: 'callbackregistrations',
    entity: 'callbackregistration',
    key: 'callbackregistrationid',
    allows: ['POST', 'PATCH', 'DELETE'],
    hidden: ['url'],
    columns: {
      callbackregistrationid: guid,
      name: string,
      entityname: string,
      sdkmessagename: string,
      message: choice({ 1: 'Added', 2: 'Deleted', 3: 'Modified' }),
      scope: choice({ 1: 'User', 2: 'BusinessUnit', 3: 'ParentChildBusinessUnit', 4: 'Organization' }),
      version: choice({ 1: 'V1', 2: 'V2', 3: 'V3' }),
      ...AUDIT,
    },
  },
  {
    set: 'asyncoperations',
    entity: 'asyncoperation',
    key: 'asyncoperationid',
    allows: ['DELETE'],
    columns: {
      asyncoperationid: guid,
      name: string,
      messagename: string,
      operationtype: choice({ 1: 'System Event' }),
      statecode: choice({ 0: 'Ready', 2: 'Locked', 3: 'Completed' }),
      statuscode: choice({ 20: 'In Progress', 30: 'Succeeded', 31: 'Failed' }),
      startedon: datetime,
      completedon: datetime,
      depth: number,
      message: string,
      correlationid: guid,
      requestid: guid,
      _owningextensionid_value: guid,
      _regardingobjectid_value: guid,
      ...AUDIT,
    },
  },
];

function customApi(uniquename, displayname, messageId, stepTypes) {
  return {
    customapiid: messageId.replace('7', '6'),
    uniquename,
    name: uniquename,
    displayname,
    description: displayname,
    bindingtype: 0,
    isfunction: false,
    isprivate: false,
    allowedcustomprocessingsteptype: stepTypes,
    workflowsdkstepenabled: false,
    _sdkmessageid_value: messageId,
    statecode: 0,
    statuscode: 1,
  };
}
