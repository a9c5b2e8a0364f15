import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium, type Browser, type Page } from 'playwright-core';
import { workflowIdOf } from '@aura/proto';
import { generate, plainStack, untilSucceeded, type Stack } from '../harness/index.js';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await plainStack();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
}, 120_000);

test('the API’s description opens in a browser, with nothing from elsewhere and no complaint', async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(stack.url) && !request.url().startsWith('data:')) {
      foreign.push(request.url());
    }
  });
  await page.goto(`${stack.url}/docs`);
  await page.getByText('/api/videos/generate').first().waitFor({ timeout: 20_000 });
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
}, 120_000);

test('the Temporal Web UI shows which scene was narrated, drawn and encoded, by whom', async () => {
  const id = await generate(stack);
  await untilSucceeded(stack, id);
  const page = await browser.newPage({ viewport: { width: 1_400, height: 2_400 } });
  await page.goto(`${stack.temporalUiUrl}/namespaces/aura/workflows/${workflowIdOf(id)}`);
  for (const text of ['s01 · voice by flite', 's01 · picture by cards', 's01 · encode']) {
    await page.getByText(text).first().waitFor({ timeout: 20_000 });
  }
  await page.close();
}, 120_000);

function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
