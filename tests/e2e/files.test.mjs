// Files that cannot be read, or not wholly: what the page says of each, and that the others are read.
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path'; import zlib from 'node:zlib';
import { each, open, sleep, until } from './lib.mjs';
import { bomb, zip } from './archives.mjs';
import { App } from './use.mjs';

const record = (id, day = 1) => ({ id, activityDisplayName: 'Invite external user', activityDateTime: `2026-06-0${day}T08:00:00Z`, loggedByService: 'Invited Users', category: 'UserManagement', correlationId: 'c', result: 'success', initiatedBy: { user: { userPrincipalName: 'ivan@contoso.example' } }, targetResources: [] });
const log = (id) => Buffer.from(JSON.stringify([record(id + 1), record(id + 2, 2)]));
const LIST = Buffer.from('Name,Mailbox,Level,Valid from\nDana,dana@fabrikam.example,Delivered,2026-01-02\n');

const dropBytes = (page, files) => page.evaluate((files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, text] of files) dataTransfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}, Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')]));

await each(async ({ browser, check }) => {
  const { page, app, said } = await open(browser);
  const user = new App(page, app);
  await page.setViewport({ width: 1440, height: 900 });
  const alerts = () => app.$$eval('[data-testid=alert]', (nodes) => nodes.map((node) => node.textContent).join('\n'));
  const problems = async (name) => (await user.values('problem', ['name', 'kind'])).filter((each) => each.name.startsWith(name)).map((each) => each.kind);
  const clear = async () => { await user.view('sources'); await user.click('clear-all'); await user.become('empty'); };

  // Archives: each is told by what is wrong with it, and what is right in it is read.
  const text = log('z'), packed = zlib.deflateRawSync(text);
  const cases = {
    'bomb.zip': [zip([{ name: 'a.json', bytes: Buffer.from('x'), packed: bomb(70), size: 20_000_000 }]), 'out-of-bounds', 'holds more than Guestlens reads', 0],
    'bomb.gz': [Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]), bomb(70), Buffer.alloc(8)]), 'out-of-bounds', 'holds more than Guestlens reads', 0],
    'lie.zip': [zip([{ name: 'a.json', bytes: text, packed, size: 5 }]), 'bad-size', '', 2],
    'checksum.zip': [zip([{ name: 'a.json', bytes: text, crc: 7 }]), 'bad-checksum', '', 2],
    'secret.zip': [zip([{ name: 'a.json', bytes: text, encrypted: true }]), 'encrypted', 'is encrypted', 0],
    'nested.zip': [zip([{ name: 'inner.zip', bytes: zip([{ name: 'a.json', bytes: text }]) }]), 'nested-archive', 'was not opened', 0],
    'cut.zip': [zip([{ name: 'a.json', bytes: text }]).subarray(0, text.length - 10), 'truncated-archive', '', 1],
    'other.7z': [Buffer.from('7z\xbc\xaf\x27\x1cmore', 'latin1'), 'unsupported-method', 'does not read', 0],
    'book.xlsx': [zip([{ name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') }]), 'office-file', 'workbook', 0],
    'mixed.zip': [zip([{ name: 'good.json', bytes: text }, { name: 'secret.json', bytes: text, encrypted: true }]), 'encrypted', '', 2],
  };
  for (const [name, [bytes, kind, words, events]] of Object.entries(cases)) {
    const start = Date.now();
    await dropBytes(page, { [name]: bytes });
    await until(name, async () => ['ready', 'failed'].includes(await user.state()), 60_000);
    const seconds = (Date.now() - start) / 1000;
    const told = await alerts(), total = await user.number('count-total').catch(() => 0);
    await user.view('sources');
    const kinds = await problems(name);
    check(`${name}: ${kind}`, kinds.includes(kind) && told.includes(words) && (words === '' || told.includes(name)) && total === events, { kinds, told: told.slice(0, 200), total, seconds });
    check(`${name}: nothing to say of its columns`, !(await user.$('mapping')));
    await clear();
  }

  // Columns of a file in an archive are corrected as those of a file.
  await dropBytes(page, { 'all.zip': zip([{ name: 'audit.json', bytes: text }, { name: 'lists/list.csv', bytes: LIST }]) });
  await user.become('ready');
  await user.view('sources');
  const entry = async (key) => (await user.values('source', ['name', key])).find((each) => each.name.endsWith('list.csv'))?.[key];
  await user.click('mapping');
  await app.waitForSelector('[data-testid=mapping-dialog]');
  check('the dialog is about the entry', (await app.$eval('[data-testid=mapping-dialog]', (node) => node.dataset.name)).endsWith('lists/list.csv'));
  await app.select('[data-testid=mapping-format]', 'assignments-csv');
  await user.click('mapping-apply');
  await until('assignments', async () => await entry('format') === 'assignments-csv' && await user.state() === 'ready');
  check('the archive is read again, with the rest of it', await user.number('count-total') === 2);
  await user.click('mapping');
  await app.waitForSelector('[data-testid=mapping-column][data-name="Mailbox"]');
  await app.select('[data-testid=mapping-column][data-name="Mailbox"] select', 'target-mail');
  await user.click('mapping-apply');
  await until('no dialog', async () => !(await user.$('mapping-dialog')));
  await user.become('ready');
  await user.click('mapping');
  await app.waitForSelector('[data-testid=mapping-column][data-name="Mailbox"]');
  check('what was corrected stays', await app.$eval('[data-testid=mapping-column][data-name="Mailbox"]', (node) => node.dataset.attribute) === 'target-mail');
  await page.keyboard.press('Escape');
  await until('no dialog', async () => !(await user.$('mapping-dialog')));
  await clear();

  // More files than a drop takes: as many as it takes are read, and it says that some are left out.
  const start = Date.now();
  await page.evaluate((texts) => {
    const dataTransfer = new DataTransfer();
    for (let at = 0; at < 10_003; at++) dataTransfer.items.add(new File([at < 10_000 ? texts[0].replace('ID', 'r' + at) : texts[0]], `f${at}.json`));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, [JSON.stringify([record('ID')])]);
  await until('left out', async () => (await alerts()).includes('left out'), 60_000).catch(() => {});
  check('says how many of a large drop are left out', (await alerts()).includes('3 files were left out') && (await alerts()).includes('10,000'), await alerts());
  await until('all of them', async () => await user.number('count-total') === 10_000 && await user.state() === 'ready', 120_000).catch(() => {});
  check('reads the others', await user.number('count-total') === 10_000, `${await user.number('count-total')} after ${(Date.now() - start) / 1000} s`);
  await user.view('sources');
  check('lists a thousand of them and says so', (await app.$$('[data-testid=source]')).length === 1000 && (await user.text('[data-testid=sources-left-out]')).includes('10,000 files'));
  await clear();

  // A folder that cannot be listed, a file that is gone: both are told, the rest is read.
  const broken = (what) => page.evaluate((what, text) => {
    const folder = { kind: 'directory', isDirectory: true, async *values() { throw new DOMException('no', 'NotAllowedError'); }, createReader: () => ({ readEntries: (done, fail) => fail(new DOMException('no', 'NotReadableError')) }) };
    const item = (own) => ({ kind: 'file', getAsFile: () => null, ...own });
    const good = item({ getAsFile: () => new File([text], 'good.json') });
    const bad = { handle: item({ getAsFileSystemHandle: async () => folder }), entry: item({ webkitGetAsEntry: () => folder }), file: item({}) }[what];
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { items: [bad, good], types: ['Files'] } });
    document.body.dispatchEvent(event);
  }, what, String(log('g')));
  for (const what of ['handle', 'entry', 'file']) {
    await broken(what);
    await until('the good one', async () => await user.number('count-total') === 2);
    check(`what cannot be listed is told (${what})`, (await alerts()).includes('1 dropped file or folder could not be read'), await alerts());
    await clear();
  }

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guestlens-gone-'));
  const gone = path.join(folder, 'gone.json'), stays = path.join(folder, 'stays.json');
  fs.writeFileSync(gone, log('a')); fs.writeFileSync(stays, log('b'));
  await page.evaluate(() => { const input = document.createElement('input'); input.type = 'file'; input.multiple = true; input.id = 'taken'; document.body.append(input); });
  await (await page.$('#taken')).uploadFile(gone, stays);
  fs.rmSync(gone);
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer(), input = document.getElementById('taken');
    for (const file of input.files) dataTransfer.items.add(file);
    input.remove();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await until('the other', async () => await user.number('count-total') === 2 && await user.state() === 'ready');
  await sleep(200);
  await user.view('sources');
  check('a file that is gone is told by its name', (await alerts()).includes('gone.json') && (await problems('gone.json')).includes('unreadable'), await alerts());
  fs.rmSync(folder, { recursive: true });
  check('nothing on the console', said.length === 0, said);
});
