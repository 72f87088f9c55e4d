import { launch, sleep } from './lib.mjs';
const run = await launch('chromium');
const page = await run.browser.newPage();
for (const [theme, width] of [['light', 1440], ['dark', 1440], ['light', 390]]) {
  await page.setViewport({ width, height: 900 });
  await page.goto(`file:///tmp/wt/ui/target/gallery/${theme}.html`);
  await sleep(300);
  const box = await page.$('.gallery__table--high').then((n) => n.boundingBox());
  const step = 1300;
  for (let at = 0, n = 0; at < box.height && n < 5; at += step, n++)
    await page.screenshot({ path: `/tmp/wt/ui/tests/e2e/out/g-${theme}-${width}-${n}.png`, clip: { x: 0, y: box.y + at, width, height: Math.min(step, box.height - at) } });
}
await run.end();
