/**
 * `node:http` and `node:https`, asked for by name. An `import` of `node:http` reads all that it exports, `WebSocket`
 * included, and so loads the whole of Node's client for the web, on most machines half of the time to start a server.
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');
