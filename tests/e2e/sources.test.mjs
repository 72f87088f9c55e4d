// The files and the work on them: sample data, what columns are, problems, sessions, print.
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import { OUT, audit, downloaded, drop, each, open, shot, sleep, text, until } from './lib.mjs';
import { zip } from './archives.mjs';

const LIST = 'Name,Mailbox,Level,Valid from,Shoe size\nDana,dana@fabrikam.example,Delivered,2026-01-02,42\nEve\u202e,eve@fabrikam.example,Expired,2026-01-03,43\n';
const GUESSED = 'User,User principal name,Access package,Status,Start date,Shoe size\nDana,dana@fabrikam.example,Juniper,Delivered,2026-01-02,42\n';
const record = { id: 'r1', activityDisplayName: 'Invite external user', activityDateTime: '2026-06-01T08:00:00Z', loggedByService: 'Invited Users', category: 'UserManagement', correlationId: 'c', result: 'success', initiatedBy: { user: { userPrincipalName: 'ivan@contoso.example' } }, targetResources: [] };
const AUDIT = JSON.stringify([record, { ...record, id: 'r2', activityDateTime: '2026-06-02T08:00:00Z' }]);

await each(async ({ browser, check, downloads }) => {
  const { page, app, said } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const number = (id) => app.$eval(at(id), (node) => Number(node.dataset.value)).catch(() => -1);
  const is = (what) => until(what, async () => (await app.$eval(at('app'), (node) => node.dataset.state)) === what);
  const source = (name, key) => app.$eval(at('source', `[data-name="${name}"]`), (node, key) => node.dataset[key], key).catch(() => undefined);
  const show = async (view) => { await click(at('view-tab', `[data-view=${view}]`)); await until(view, async () => (await app.$eval(at('app'), (node) => node.dataset.view)) === view); };
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'guestlens-session-'));

  // The sample tenant: one click, every event within five seconds, marked as what it is.
  const start = Date.now();
  await click(at('sample-data'));
  await until('sample events', async () => (await number('count-total')) > 11_000, 60_000);
  await is('ready');
  const seconds = (Date.now() - start) / 1000;
  check('the sample tenant is read within five seconds', seconds < 5, `${seconds} s`);
  check('it says that it is sample data', (await app.$$(at('sample-mark'))).length > 0);
  await show('sources');
  check('lists its files', (await app.$$(at('source'))).length === 14, (await app.$$(at('source'))).length);
  await until('hashes', async () => (await source('AuditLogs_2026-04.csv', 'sha256'))?.length === 64);
  check('each says so', (await text(app, '.source__notes')).includes('Nobody in it exists'));
  check('sources: axe', (await audit(app)).bad.length === 0, (await audit(app)).bad);
  await shot(page, 'sources-sample');
  await show('coverage');
  await until('coverage', async () => (await text(app, at('view'))).includes('export again before'));
  await show('sources');
  const guides = () => app.$$eval(at('export-guide'), (nodes) => nodes.map((node) => node.dataset.kind));
  check('says that every kind of export is loaded', (await guides()).length === 0 && (await text(app, at('what-next'))).includes('Every kind of export'), await guides());
  await click(at('clear-all'));
  await is('empty');
  check('no mark without sample data', (await app.$$(at('sample-mark'))).length === 0);

  // A list that nothing recognises, told what it is, then corrected.
  await drop(page, [{ name: 'list.csv', text: LIST }]);
  await is('failed');
  check('it is not recognised', (await text(app, at('alert'))).includes('list.csv'));
  await show('sources');
  await click(at('mapping'));
  await app.waitForSelector(at('mapping-dialog'));
  await app.select(at('mapping-format'), 'assignments-csv');
  await click(at('mapping-apply'));
  await is('ready');
  await until('assignments', async () => (await source('list.csv', 'format')) === 'assignments-csv');
  await click(at('mapping'));
  await app.waitForSelector(at('mapping-column', '[data-name="Mailbox"]'));
  check('shows sample values, with what would deceive written out', (await text(app, at('mapping-dialog'))).includes('Delivered') && (await text(app, at('mapping-dialog'))).includes('U+202E'));
  check('mapping dialog: axe', (await audit(app)).bad.length === 0, (await audit(app)).bad);
  await shot(page, 'mapping-light'); await shot(page, 'mapping-dark', { dark: true });
  await shot(page, 'mapping-390', { width: 390, height: 844 }); await page.setViewport({ width: 1440, height: 900 });
  await app.select(at('mapping-column', '[data-name="Mailbox"]') + ' select', 'target-mail');
  await app.select(at('mapping-column', '[data-name="Level"]') + ' select', 'state');
  await click(at('mapping-apply'));
  await until('no dialog', async () => !(await app.$(at('mapping-dialog'))));
  await is('ready');
  await click(at('mapping'));
  await app.waitForSelector(at('mapping-column', '[data-name="Mailbox"]'));
  check('keeps what was corrected', (await app.$eval(at('mapping-column', '[data-name="Mailbox"]'), (node) => node.dataset.attribute + node.dataset.guessed)) === 'target-mailfalse');
  check('a column that is nothing of the list stays', (await app.$eval(at('mapping-column', '[data-name="Shoe size"]'), (node) => node.dataset.attribute ?? '')) === '');
  await page.keyboard.press('Escape');
  await until('no dialog', async () => !(await app.$(at('mapping-dialog'))));

  // Guessed columns are named as such; several failures are one message.
  await drop(page, [{ name: 'guessed.csv', text: GUESSED }, { name: 'a.txt', text: 'what is this' }, { name: 'b.txt', text: 'and this' }, { name: 'audit.json', text: AUDIT }, { name: 'empty.json', text: '{"@odata.context":"x#auditLogs/directoryAudits","value":[]}' }]);
  await until('two events', async () => (await number('count-total')) === 2);
  await until('all read', async () => (await app.$$(at('source'))).length === 6 && (await source('empty.json', 'state')) !== 'waiting');
  await is('ready');
  check('says what is loaded and what not', (await guides()).includes('users') && !(await guides()).includes('audit'), await guides());
  check('guesses are marked', (await text(app, '.source__columns .state')).includes('guessed, check them') || (await app.$$eval('.source__columns', (nodes) => nodes.map((node) => node.textContent).join())).includes('guessed, check them'));
  const alerts = await app.$$eval(at('alert'), (nodes) => nodes.map((node) => node.textContent));
  check('alike failures are one message', alerts.filter((each) => each.includes('a.txt')).length === 1 && alerts.some((each) => each.includes('a.txt') && each.includes('b.txt')), alerts);
  check('an empty export is not shown as if it held something', (await source('empty.json', 'state')) === 'attention');
  const kinds = await app.$$eval(at('problem'), (nodes) => nodes.map((node) => node.dataset.kind));
  check('problems are listed by file', kinds.filter((kind) => kind === 'not-recognised').length === 2, kinds);
  for (const [sheet, format, name] of [['problems', 'csv', 'problems.csv'], ['problems', 'json', 'problems.json'], ['integrity', 'csv', 'integrity sheet.csv'], ['integrity', 'json', 'integrity sheet.json']]) {
    await app.click(at('sheet', `[data-sheet=${sheet}][data-format=${format}]`));
    const bytes = await downloaded(downloads, `guestlens ${name}`);
    check(`exports ${name}`, bytes.includes('a.txt') && !bytes.includes('what is this'), bytes.length);
  }
  check('unknown columns are listed', (await app.$$eval('.source__unknown', (nodes) => nodes.map((node) => node.textContent).join())).includes('Shoe size'));

  // A session: saved, everything cleared, opened before its files, then the files come.
  await app.$eval(at('notes'), (node) => { node.value = 'look at Dana'; node.dispatchEvent(new Event('change', { bubbles: true })); });
  await show('events');
  await app.type(at('search'), 'ivan');
  await until('searched', async () => (await number('count-matching')) === 2);
  await sleep(300);
  await show('sources');
  await app.click(at('save-session'));
  const saved = String(await downloaded(downloads, 'guestlens session.json'));
  check('a session holds no data', saved.includes('guestlens-session') && saved.includes('look at Dana') && !saved.includes('fabrikam'), saved.length);
  await shot(page, 'sources-light'); await shot(page, 'sources-dark', { dark: true });
  await shot(page, 'sources-390', { width: 390, height: 844 }); await page.setViewport({ width: 1440, height: 900 });
  await click(at('clear-all'));
  await is('empty');
  await drop(page, [{ name: 'my work.json', text: saved }]);
  await app.waitForSelector(at('session-file'));
  const files = () => app.$$eval(at('session-file'), (nodes) => Object.fromEntries(nodes.map((node) => [node.dataset.name, node.dataset.state])));
  check('a session is recognised and not read as a log', (await app.$eval(at('app'), (node) => node.dataset.state)) === 'empty' && (await files())['audit.json'] === 'missing', await files());
  await shot(page, 'session-empty');
  await drop(page, [{ name: 'list.csv', text: LIST + 'Fay,fay@x.example,Expired,2026-02-02,44\n' }, { name: 'audit.json', text: AUDIT }]);
  await until('searched again', async () => (await number('count-matching')) === 2 && (await app.$eval(at('search'), (node) => node.value)) === 'ivan');
  await show('sources');
  await until('same', async () => (await files())['audit.json'] === 'same');
  check('says which files changed', (await files())['list.csv'] === 'changed' && (await files())['guessed.csv'] === 'missing', await files());
  check('reads a newer export with the old mapping', (await source('list.csv', 'format')) === 'assignments-csv');
  check('brings the notes back', (await app.$eval(at('notes'), (node) => node.value)) === 'look at Dana');
  await drop(page, [{ name: 'broken.json', text: saved.slice(0, 400) }]);
  await until('told', async () => (await app.$$eval(at('alert'), (nodes) => nodes.map((node) => node.textContent).join())).includes('damaged at line'));
  check('a damaged session is told, and not listed', (await source('broken.json', 'name')) === undefined);

  // An archive with what cannot be read in it: the rest is read, and the page says why the other is not.
  const inner = zip([{ name: 'deep.json', bytes: Buffer.from(AUDIT) }]);
  const archive = zip([{ name: 'good.json', bytes: Buffer.from(AUDIT.replaceAll('"r', '"z')) }, { name: 'secret.json', bytes: Buffer.from('x'.repeat(40)), encrypted: true }, { name: 'inner.zip', bytes: inner }]);
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], 'all.zip'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, archive.toString('base64'));
  await until('the archive', async () => (await number('count-total')) === 4);
  await is('ready');
  const inArchive = await app.$$eval(at('problem'), (nodes) => nodes.filter((node) => node.dataset.name.startsWith('all.zip')).map((node) => node.dataset.kind));
  check('an encrypted and a nested entry are told', inArchive.includes('encrypted') && inArchive.includes('nested-archive'), inArchive);

  // On paper each view ends with the files it rests on.
  const hash = await source('audit.json', 'sha256');
  await page.emulateMediaType?.('print').catch(() => {});
  const foot = await app.$eval(at('print-integrity'), (node) => node.textContent);
  check('print ends with the integrity of the files', foot.includes(hash) && foot.includes('list.csv'));
  await page.emulateMediaType?.().catch(() => {});
  fs.rmSync(dir, { recursive: true });
  check('nothing on the console', said.length === 0, said);
});
