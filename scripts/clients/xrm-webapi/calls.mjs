import https from 'node:https';
import api from 'xrm-webapi/dist/xrm-webapi-node.js';
import { callsOf } from '../webapi-calls.mjs';
import { finish, simulator } from '../harness.mjs';

// The client passes on the host of its URL without the port.
https.globalAgent.defaultPort = Number(new URL(simulator.https).port);
await callsOf(api, () => {
  const config = new api.WebApiConfig('9.2', simulator.token, 'https://localhost');
  // It takes one of the two slashes out of https://, which no request line of a batch can do without.
  return Object.assign(config, { url: 'https://localhost/api/data/v9.2' });
});
finish();
