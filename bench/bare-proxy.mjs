// The yardstick of a proxy: node:http and undici pass on what comes to the address in the first argument, and do
// nothing else. Plain JavaScript, as the bare server.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.argv[2] ?? 'http://127.0.0.1:1');
const server = createServer((request, response) => {
  const { method, url: path, headers } = request;
  const body = 'content-length' in headers || 'transfer-encoding' in headers ? request : null;
  pool.dispatch(
    {
      method,
      path,
      headers: Object.fromEntries(Object.entries(headers).filter(([n]) => n !== 'connection')),
      body,
    },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, status, fields) => response.writeHead(status, fields),
      onResponseData: (_controller, chunk) => response.write(chunk),
      onResponseEnd: () => response.end(),
      onResponseError: () => response.destroy(),
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
