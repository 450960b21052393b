import { defineConfig } from '@playwright/test';

export default defineConfig({
  use: { baseURL: 'http://127.0.0.1:5173' },
  webServer: [
    { command: 'npm run dev', url: 'http://127.0.0.1:5173' },
    {
      command: 'npx background-operations-simulator --port 8080 --clock virtual',
      url: 'http://127.0.0.1:8080/simulator/health',
    },
  ],
});
