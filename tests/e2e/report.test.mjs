// The interactive report: written, verified, saved, opened from file: by itself; filtered, and not changed.
import { createHash } from 'node:crypto'; import fs from 'node:fs'; import path from 'node:path'; import { pathToFileURL } from 'node:url'; import zlib from 'node:zlib';
import { SECRET, canaries } from './data.mjs';
import { PAGE, appOf, downloaded, drop, each, open, shot, text, until } from './lib.mjs';

const AUDIT = canaries((n) => [n % 2 ? 'Add user' : 'Invite external user', 'Core Directory']);
const page_of = fs.readFileSync(new URL(PAGE));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The data of a report, and what is around them. */
export function parts(file) {
  const text = file.toString('latin1'), mark = '<script type="application/octet-stream" id="report">';
  const start = text.lastIndexOf(mark), end = text.indexOf('</script>\n', start);
  return { gzip: Buffer.from(text.slice(start + mark.length, end), 'base64'), around: Buffer.concat([file.subarray(0, start), file.subarray(end + '</script>\n'.length)]) };
}

await each(async ({ browser, check, downloads, home, which }) => {
  const { page, app } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  await drop(page, [{ name: 'Morningstar audit.json', text: AUDIT }]);
  await until('six events', async () => (await app.$eval(at('count-total'), (node) => node.dataset.value)) === '6');
  const click = (selector, frame = app) => frame.$eval(selector, (node) => node.click());
  const hits = () => app.$eval(at('share-verdict'), (node) => node.dataset.hits).catch(() => undefined);
  const change = (id, value) => app.$eval(at(id), (node, value) => { node.value = value; node.dispatchEvent(new Event('change', { bubbles: true })); }, value);
  await click(at('share'));
  await until('a verdict', async () => (await hits()) === '0');
  await change('share-title', 'Guests in June');
  await click(at('share-form', '[data-form=interactive]'));
  await until('verified', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('MB')).catch(async (error) => { check('verified', false, (await text(app, at('dialog-share'))).slice(-900)); throw error; });
  await shot(page, `share-interactive-${which}`);
  await app.click(at('download'));
  const name = 'guestlens-auditor-report.html', file = await downloaded(downloads, name);
  check('the SHA-256 on the page is that of the file', (await text(app, at('share-sha256'))) === sha256(file));
  const { gzip, around } = parts(file);
  check('around the data it is the page itself', around.equals(page_of), `${around.length} ${page_of.length}`);
  const packed = zlib.gunzipSync(gzip).toString('latin1');
  check('nobody is in its data', !SECRET.test(packed), packed.match(SECRET)?.[0]);
  check('labels are', /guest-[0-9A-Z]{4}/.test(packed));

  // A board gets none, and is told why.
  await click(at('share-level', '[data-level=board]'));
  await until('no such form', async () => app.$eval(at('share-form', '[data-form=interactive]'), (node) => node.disabled));
  // With a name in the title there is no file.
  await click(at('share-level', '[data-level=auditor]'));
  await click(at('share-form', '[data-form=interactive]'));
  await change('share-title', 'About Dana Quillfeather');
  await until('refused', async () => Number(await hits()) > 0);
  check('a name in the title stops the report', await app.$eval(at('download'), (node) => node.disabled));
  // A selection, with the key of an engagement: twice the same labels.
  await change('share-title', '');
  await change('share-key', '5a'.repeat(32));
  const labels = [];
  for (const round of [1, 2]) {
    await click(at('share-form', '[data-form=csv]'));
    await until('csv', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('.csv'));
    await app.click(at('download'));
    const csv = String(await downloaded(downloads, 'guestlens-auditor-report.csv'));
    labels.push([...new Set(csv.match(/(guest|member|person)-[0-9A-Z]{4,}/g))].sort().join());
    fs.rmSync(path.join(downloads, 'guestlens-auditor-report.csv'));
    if (round === 1) { await click(at('share-form', '[data-form=json]')); await until('json', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('.json')); }
  }
  check('an engagement key gives the same labels twice', labels[0].length > 10 && labels[0] === labels[1], labels);

  // The report, opened by itself.
  const saved = path.join(home, name);
  fs.writeFileSync(saved, file);
  const report = await browser.newPage(), said = [], asked = [];
  report.on('console', (message) => said.push(message.text()));
  report.on('request', (request) => asked.push(request.url()));
  await report.setViewport({ width: 1440, height: 900 });
  await report.goto(pathToFileURL(saved).href, { waitUntil: 'load' });
  const shared = await appOf(report);
  await until('its events', async () => (await shared.$eval(at('count-total'), (node) => node.dataset.value)) === '6');
  check('it says that it is a report', /Guests in June.*redacted data/.test(await text(shared, at('report'))), await text(shared, at('report')));
  for (const id of ['file-input', 'share', 'screen-safe']) check(`there is no ${id}`, !(await shared.$(at(id))));
  await click(at('view-tab', '[data-view=events]'), shared);
  await until('labels', async () => /member-|person-/.test(await text(shared, at('event-table'))));
  const seen = await text(shared, at('app'));
  check('nobody is on its screen', !SECRET.test(seen), seen.match(SECRET)?.[0]);
  check('times are days', !/08:30|00:00:00/.test(await text(shared, at('event-table'))));
  await shot(report, `report-${which}`);
  await until('facets', async () => shared.$(at('facet-value', '[data-value="Add user"]')));
  await click(at('facet-value', '[data-value="Add user"]'), shared);
  await until('filtered', async () => (await shared.$eval(at('count-matching'), (node) => node.dataset.value)) === '3');
  check('it can be filtered', true);
  for (const view of ['overview', 'groups', 'findings', 'guests', 'requests', 'coverage', 'sources']) {
    await click(at('view-tab', `[data-view=${view}]`), shared);
    await until(view, async () => (await shared.$eval('[data-testid=app]', (node) => node.dataset.view)) === view && !(await text(shared, 'main')).includes('Working out'));
    check(`${view} opens`, (await text(shared, 'main')).length > 40);
  }
  for (const id of ['clear-all', 'remove-source', 'save-session', 'notes', 'sample-data']) check(`there is no ${id}`, !(await shared.$(at(id))));
  check('the file has its SHA-256', await shared.$eval(at('source'), (node) => /^[0-9a-f]{64}$/.test(node.dataset.sha256)));
  await drop(report, [{ name: 'more.json', text: AUDIT.replaceAll('9d1e4c7a', '8d1e4c7a') }]);
  await new Promise((done) => setTimeout(done, 800));
  check('nothing can be added', (await shared.$eval(at('count-total'), (node) => node.dataset.value)) === '6');
  await click(at('certificate'), shared);
  await shared.waitForSelector(at('report-sha256'));
  check('its certificate is there', (await text(shared, at('dialog-certificate'))).includes('rules version') && (await text(shared, at('report-sha256'))) === sha256(gzip));
  await shot(report, `report-certificate-${which}`);
  check('it asks for nothing', asked.every((url) => /^(file|blob|about|data):/.test(url)), asked);
  check('it says nothing on the console', said.length === 0, said);
});
