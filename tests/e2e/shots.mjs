// Takes pictures of the page in its states, to be looked at: `node shots.mjs [file …]`, with the page in
// GUESTLENS_PAGE or dist/. They go to tests/e2e/out. Says also what axe finds and what the console heard.
import fs from 'node:fs'; import path from 'node:path';
import { audit, launch, open, shot, sleep, until } from './lib.mjs';

const SIZES = [[1440, 900], [1920, 1080], [390, 844]];
const files = process.argv.slice(2).filter((word) => word.includes('.'));
const run = await launch('chromium');
const { page, app, said } = await open(run.browser);
const pictures = async (name, sizes = SIZES) => {
  for (const [width, height] of sizes) for (const dark of [false, true]) {
    await shot(page, `${name}-${width}${dark ? '-dark' : ''}`, { width, height, dark });
  }
  await page.setViewport({ width: 1440, height: 900 });
  console.log(name, 'axe:', (await audit(app)).bad);
};
const click = (selector) => app.$eval(selector, (node) => node.click());
const state = () => app.$eval('[data-testid=app]', (node) => node.dataset.state);

await page.setViewport({ width: 1440, height: 900 });
await pictures('start');
if (files.length) {
  const input = await app.$('[data-testid=file-input]');
  await input.uploadFile(...files.map((file) => path.resolve(file)));
  await sleep(120);
  await shot(page, 'loading-1440');
  await until('ready', async () => ['ready', 'failed'].includes(await state()), 120_000);
  for (const view of ['overview', 'events', 'groups', 'sources']) {
    await click(`[data-view=${view}][data-testid=view-tab]`);
    await sleep(400);
    await pictures(view);
  }
  await click('[data-view=events][data-testid=view-tab]');
  await sleep(300);
  for (const at of [1, 2]) await app.$$eval('[data-testid=facet-value]', (nodes, at) => nodes[at]?.click(), at);
  await app.$$eval('[data-testid=facet-exclude]', (nodes) => nodes[8]?.click());
  await app.$$eval('[role=row], tbody tr', (nodes) => nodes[3]?.click());
  await sleep(400);
  await pictures('filtered');
  await click('[data-testid=export-menu]');
  await sleep(100);
  await shot(page, 'export-1440');
  await click('[data-testid=export-menu]');
  await click('[data-testid=proof]');
  await sleep(100);
  await pictures('proof', [[1440, 900]]);
}
fs.writeFileSync(new URL('out/said.txt', import.meta.url), said.join('\n'));
console.log('console:', said);
await run.end();
