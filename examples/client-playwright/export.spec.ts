import { expect, test } from '@playwright/test';

const simulator = 'http://127.0.0.1:8080';

test.beforeEach(async ({ request }) => {
  await request.post(`${simulator}/simulator/reset`);
});

test('shows when the export is done', async ({ page, request }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByText('Exporting')).toBeVisible();
  await request.post(`${simulator}/simulator/clock`, { data: { milliseconds: 60_000 } });
  await expect(page.getByText('Exported')).toBeVisible();
});
