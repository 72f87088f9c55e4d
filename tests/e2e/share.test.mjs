// Sharing: levels, forms, the verdict, what is saved; the screen that shows nobody; every door tried.
import fs from 'node:fs'; import path from 'node:path'; import zlib from 'node:zlib';
import { SECRET, canaries } from './data.mjs';
import { downloaded, drop, each, open, shot, text, until } from './lib.mjs';

const AUDIT = canaries(() => ['Invite external user', 'Invited Users']);

/** The parts of a workbook by their names. */
const sheets = (bytes) => {
  const found = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const name = at + 30, start = name + bytes.readUInt16LE(at + 26), end = start + bytes.readUInt32LE(at + 18);
    found[bytes.toString('utf8', name, start)] = zlib.inflateRawSync(bytes.subarray(start, end)).toString('utf8');
    at = end;
  }
  return found;
};

await each(async ({ browser, check, downloads, which }) => {
  const { page, app } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const hits = () => app.$eval(at('share-verdict'), (node) => node.dataset.hits).catch(() => undefined);
  await drop(page, [{ name: 'Morningstar audit.json', text: AUDIT }]);
  await until('six events', async () => (await app.$eval(at('count-total'), (node) => node.dataset.value)) === '6');

  await click(at('share'));
  await until('a verdict', async () => (await hits()) === '0');
  check('nothing known is in the report', (await hits()) === '0', await text(app, at('share-verdict')));
  const leaving = await app.$$eval(at('leaving'), (nodes) => nodes.map((node) => node.dataset.class + ' ' + node.dataset.count));
  check('what leaves is listed', leaving.includes('addresses 0') && leaving.includes('identifiers 0'), leaving);
  check('before and after are shown', /adele@contoso\.example/.test(await text(app, at('share-preview'))) && /member-|person-/.test(await text(app, at('share-preview'))));
  for (const form of ['html', 'csv', 'json', 'markdown']) {
    await click(at('share-form', `[data-form=${form}]`));
    await until(form, async () => (await hits()) === '0' && (await text(app, at('download'))).includes({ html: '.html', csv: '.csv', json: '.json', markdown: '.md' }[form]));
    await app.click(at('download'));
    const name = `guestlens-auditor-report.${{ html: 'html', csv: 'csv', json: 'json', markdown: 'md' }[form]}`;
    const file = String(await downloaded(downloads, name));
    check(`${form}: nobody is in it`, !SECRET.test(file), file.match(SECRET)?.[0]);
    check(`${form}: labels are`, form === 'markdown' || /guest-[0-9A-Z]{4}/.test(file));
  }
  await click(at('share-form', '[data-form=xlsx]'));
  await until('xlsx', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('.xlsx'));
  await app.click(at('download'));
  const book = sheets(await downloaded(downloads, 'guestlens-auditor-report.xlsx')), cells = Object.values(book).join('\n');
  check('xlsx: nobody is in it', !SECRET.test(cells), cells.match(SECRET)?.[0]);
  check('xlsx: labels are', /guest-[0-9A-Z]{4}/.test(cells) && (book['xl/worksheets/sheet1.xml'] ?? '').includes('Certificate'), Object.keys(book));
  check('xlsx: all events are', Object.values(book).some((sheet) => sheet.includes('Target1DisplayName') && sheet.match(/<row /g).length === 7));
  await app.click(at('download-key'));
  const key = String(await downloaded(downloads, 'guestlens-key-keep-private.json'));
  const dana = JSON.parse(key).labels.find((label) => label.name === 'Dana Quillfeather');
  check('the key file names everybody', dana?.address === 'dana@fabrikam.example', dana);

  // Pinned parts: a chart, a table and an event, with a note, in another order.
  await page.keyboard.press('Escape');
  await until('closed', async () => !(await app.$(at('share-verdict'))));
  const pin = (name) => until('pin ' + name, () => app.$eval(at('pin', `[data-pin^="${name}"]`), (node) => { node.click(); return true; }));
  await click(at('view-tab', '[data-view=overview]'));
  await pin('chart-events-over-time');
  await pin('chart-events-over-time');
  await click(at('view-tab', '[data-view=guests]'));
  await pin('table-guests');
  await click(at('view-tab', '[data-view=events]'));
  await until('lines', async () => app.$(at('event')));
  await click(at('event'));
  await pin('event-');
  check('pins are counted', (await app.$eval(at('pins'), (node) => node.dataset.value)) === '3');
  await shot(page, `share-pinned-${which}`);
  await click(at('share'));
  await app.waitForSelector(at('share-pin'));
  const pins = () => app.$$eval(at('share-pin'), (nodes) => nodes.map((node) => `${node.dataset.view} ${node.dataset.pin.replace(/[0-9-]+$/, '')}`));
  check('they are in the dialog', (await pins()).join() === 'overview chart-events-over-time,guests table-guests,events event', await pins());
  const press = (at, words) => app.$$eval('[data-testid=share-pin]', (nodes, at, words) => [...nodes[at].querySelectorAll('button')].find((node) => node.textContent === words).click(), at, words);
  await press(2, 'Earlier');
  await until('moved', async () => (await pins())[1].startsWith('events'));
  await press(0, 'Later');
  await until('moved down', async () => (await pins())[0].startsWith('events'));
  await app.$eval(at('share-pin') + ' input', (node) => { node.value = 'Look at this event.'; node.dispatchEvent(new Event('change', { bubbles: true })); });
  await press(2, 'Remove');
  await until('removed', async () => (await pins()).length === 2);
  await click(at('share-form', '[data-form=html]'));
  await until('a report with pins', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('.html'));
  await shot(page, `share-pins-${which}`);
  fs.rmSync(path.join(downloads, 'guestlens-auditor-report.html'));
  await app.click(at('download'));
  const pinned = String(await downloaded(downloads, 'guestlens-auditor-report.html')), heads = [...pinned.matchAll(/<h2>\d+\. ([^<]*)/g)].map(([, head]) => head);
  check('they stand behind the views in that order', /^(Overview|Guests|Events),Event,Overview,Files,Method$/.test(heads.join()), heads);
  check('with the note, and nobody', pinned.includes('Look at this event.') && !SECRET.test(pinned), pinned.match(SECRET)?.[0]);

  // A name in the title: no file.
  await app.$eval(at('share-title'), (node) => { node.value = 'About Dana Quillfeather'; node.dispatchEvent(new Event('change', { bubbles: true })); });
  await click(at('share-form', '[data-form=html]'));
  await until('refused', async () => Number(await hits()) > 0);
  check('a name in the title stops the report', await app.$eval(at('download'), (node) => node.disabled));
  await app.$eval(at('share-title'), (node) => { node.value = ''; node.dispatchEvent(new Event('change', { bubbles: true })); });

  await click(at('share-level', '[data-level=partner]'));
  await app.$eval(at('share-partner'), (node) => { node.value = 'woodgrove.example'; node.dispatchEvent(new Event('change', { bubbles: true })); });
  await click(at('share-form', '[data-form=csv]'));
  await until('partner', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('partner'));
  await app.click(at('download'));
  const partner = String(await downloaded(downloads, 'guestlens-partner-report.csv'));
  check('a partner sees its own guest', partner.includes('zoe@woodgrove.example') && partner.includes('Zoe Quillfeather'));
  check('and nobody else', !/fabrikam|morningstar|adele|Dana|Eli /i.test(partner), partner.match(/fabrikam|morningstar|adele|Dana|Eli /i)?.[0]);

  await click(at('share-level', '[data-level=board]'));
  await until('board', async () => (await hits()) === '0' && (await text(app, at('download'))).includes('board'));
  await app.click(at('download'));
  const board = String(await downloaded(downloads, 'guestlens-board-report.csv'));
  check('a board sees no small count', !/"[1-4]"/.test(board) && board.includes('suppressed'), board);
  await page.keyboard.press('Escape');

  // The screen shows nobody.
  await until('no dialog', async () => !(await app.$(at('share-verdict'))));
  await click(at('view-tab', '[data-view=events]'));
  await until('events', async () => /Adele|adele/.test(await text(app, at('event-table'))));
  await click(at('screen-safe'));
  await until('labels', async () => /member-|person-/.test(await text(app, at('event-table'))));
  const seen = (await text(app, at('app'))).replaceAll('203.0.113.0/24', 'network');
  check('the screen shows nobody', !SECRET.test(seen), seen.match(SECRET)?.[0]);
  await click(at('screen-safe'));
  await until('names again', async () => /adele/i.test(await text(app, at('event-table'))));

  // Every door is tried.
  await click(at('proof'));
  await app.waitForSelector(at('proof-test'));
  await click(at('proof-test'));
  await until('doors', async () => (await app.$$(at('proof-door'))).length > 15, 60_000);
  const doors = await app.$$eval(at('proof-door'), (nodes) => nodes.map((node) => `${node.dataset.door} ${node.dataset.result}`));
  check('every door is refused', doors.every((door) => door.endsWith(' refused')), doors.filter((door) => !door.endsWith(' refused')));
});
