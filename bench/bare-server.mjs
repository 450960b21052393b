// The yardstick: a bare node:http server that answers every request with the same bytes, given as JSON
// {"status", "headers", "body"} in the first argument. Plain JavaScript, so that its start costs nothing
// but Node's own.
import { createServer } from 'node:http';

const { status, headers, body } = JSON.parse(process.argv[2] ?? '{"status":204,"headers":[]}');
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(status, headers);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
