// An app with one page, which starts an export and polls it, on 127.0.0.1:5173.
import { createServer } from 'node:http';

const page = `<!doctype html>
<meta charset="utf-8">
<title>Export</title>
<button>Export</button>
<output></output>
<script type="module">
  const organization = 'http://127.0.0.1:8080';
  const headers = { authorization: 'Bearer token-initiator', 'content-type': 'application/json' };
  const output = document.querySelector('output');
  document.querySelector('button').onclick = async () => {
    const accepted = await fetch(organization + '/api/data/v9.2/sample_ExportDataUsingFetchXmlToAnnotation', {
      method: 'POST',
      headers: { ...headers, prefer: 'respond-async' },
      body: JSON.stringify({ FetchXml: '<fetch><entity name="account"/></fetch>' }),
    });
    output.textContent = 'Exporting';
    const monitor = accepted.headers.get('location');
    for (;;) {
      const status = await (await fetch(monitor, { headers })).json();
      if (status.backgroundOperationStatusCode === 30) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    output.textContent = 'Exported';
  };
</script>`;

createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end(page);
}).listen(5173, '127.0.0.1');
