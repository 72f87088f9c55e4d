// Sharing over many events: a report that is stopped is none, and can be written after all; the key file of a report
// gives the next one the same labels.
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import { jsonLines, records } from './data.mjs';
import { downloaded, each, open, text, until } from './lib.mjs';

const EVENTS = 40_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stop-')), log = path.join(folder, 'audit.jsonl');
fs.writeFileSync(log, jsonLines(records(EVENTS)));

await each(async ({ browser, check, downloads }) => {
  const { page, app } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const hits = () => app.$eval(at('share-verdict'), (node) => node.dataset.hits).catch(() => undefined);
  await (await app.$(at('file-input'))).uploadFile(log);
  await until('all events', async () => (await app.$eval(at('count-total'), (node) => node.dataset.value)) === String(EVENTS), 60_000);
  await click(at('share'));
  await until('a verdict', async () => (await hits()) === '0', 60_000);

  // Stop is pressed as soon as it is there, once while the report is written and once while it is read again.
  const stopped = (words) => app.evaluate(`(async () => {
    const find = (id) => document.querySelector('[data-testid="' + id + '"]'), frame = () => new Promise(requestAnimationFrame);
    const start = performance.now();
    document.querySelector('[data-testid="share-form"][data-form="interactive"]').click();
    for (;;) {
      if (performance.now() - start > 60000) return 'never';
      const progress = find('share-progress');
      if (progress?.textContent.includes('${words}')) { find('share-stop').click(); return progress.textContent; }
      await frame();
    }
  })()`);
  for (const words of ['Writing', 'Reading']) {
    check(`${words}: stop is there`, (await stopped(words)).includes(words));
    await until('it says so', async () => (await text(app, at('dialog-share'))).includes('Stopped: there is no file.'));
    await new Promise((done) => setTimeout(done, 1500));
    check(`${words}: there is no file, and none comes`, !(await app.$(at('download'))) && !(await app.$(at('share-verdict'))) && Boolean(await app.$(at('share-again'))));
  }
  await click(at('share-again'));
  await until('written after all', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('MB'), 60_000);
  check('written after all', !(await app.$eval(at('download'), (node) => node.disabled)));

  // The same labels by the key file of an earlier report.
  await click(at('share-form', '[data-form=csv]'));
  const labels = async () => {
    await until('csv', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('.csv'), 60_000);
    await app.click(at('download'));
    const csv = String(await downloaded(downloads, 'guestlens-auditor-report.csv'));
    fs.rmSync(path.join(downloads, 'guestlens-auditor-report.csv'));
    return [...new Set(csv.match(/\b(guest|member|person)-[0-9A-Z]{4,}/gi))].sort().join();
  };
  const first = await labels();
  await app.click(at('download-key'));
  await downloaded(downloads, 'guestlens-key-keep-private.json');
  const other = path.join(folder, 'other.json');
  fs.writeFileSync(other, '{}');
  await (await app.$(at('share-key-file'))).uploadFile(other);
  await until('another file is refused', async () => (await text(app, at('dialog-share'))).includes('The file is not a key file.'));
  await (await app.$(at('share-key-file'))).uploadFile(path.join(downloads, 'guestlens-key-keep-private.json'));
  await until('the key', async () => /^[0-9a-f]{64}$/.test(await app.$eval(at('share-key'), (node) => node.value)));
  const second = await labels();
  check('the key file gives the same labels', first.length > 20 && first === second, [first.slice(0, 90), second.slice(0, 90)]);
});
