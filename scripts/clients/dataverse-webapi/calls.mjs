import https from 'node:https';
import { WebApiConfig } from 'dataverse-webapi';
import * as api from 'dataverse-webapi/lib/node';
import { callsOf } from '../webapi-calls.mjs';
import { finish, simulator } from '../harness.mjs';

// The client passes on the host of its URL without the port.
https.globalAgent.defaultPort = Number(new URL(simulator.https).port);
await callsOf(api, () => new WebApiConfig('9.2', simulator.token, 'https://localhost'));
finish();
