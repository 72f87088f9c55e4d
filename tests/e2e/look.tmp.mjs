import fs from 'node:fs'; import path from 'node:path';
import { audit, launch, open, shot, sleep, until } from './lib.mjs';
const views = process.argv[2].split(',');
const sizes = process.argv[3] === 'all' ? [[1440, 900, false], [1440, 900, true], [390, 844, false], [390, 844, true]] : [[1440, 900, false]];
const folder = process.argv[4] ?? '/tmp/sample-ui';
const files = fs.readdirSync(folder).map((file) => path.join(folder, file));
const run = await launch('chromium');
const { page, app, said } = await open(run.browser);
await page.setViewport({ width: 1440, height: 900 });
const input = await app.$('[data-testid=file-input]');
await input.uploadFile(...files);
const state = () => app.$eval('[data-testid=app]', (node) => node.dataset.state);
await until('ready', async () => ['ready', 'failed'].includes(await state()), 120_000);
for (const view of views) {
  const [name, open] = view.split(':');
  await app.$eval(`[data-view=${name}][data-testid=view-tab]`, (node) => node.click());
  await until('answer', () => app.$eval('.count', (node) => node.getAttribute('aria-busy') === 'false')).catch(() => {});
  await sleep(400);
  if (open) { await app.evaluate((sel) => document.querySelector(sel)?.click(), open === 'line' ? '.data-table__line--leads' : open); await sleep(600); }
  for (const [width, height, dark] of sizes) await shot(page, `v-${name}${open ? '-open' : ''}-${width}${dark ? '-dark' : ''}`, { width, height, dark });
  await page.setViewport({ width: 1440, height: 900 });
  console.log(name, JSON.stringify((await audit(app)).bad));
}
console.log('console:', said);
await run.end();
