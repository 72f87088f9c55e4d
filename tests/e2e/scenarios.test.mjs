// The scenarios of sharing on the worked case, from file:// and with the network off: what an auditor gets, attempts
// to get around the redaction, a board's counts, a partner's own guests, no request, and a link that names nobody.
import fs from 'node:fs'; import path from 'node:path'; import zlib from 'node:zlib';
import { ASSIGNMENTS, AUDIT, files } from './case.mjs';
import { appOf, downloaded, each, open, shot, text, until } from './lib.mjs';
import { App } from './use.mjs';

const CASE = files([...AUDIT, ...ASSIGNMENTS, 'users.json', 'EXPECTED.json']);
const expected = JSON.parse(CASE['EXPECTED.json']);
delete CASE['EXPECTED.json'];
const LETTERS = Object.values(CASE).join('\n');

// Read from the files by shapes alone: nothing here is shared with the product.
const shapes = { addresses: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, networks: /\b\d{1,3}(?:\.\d{1,3}){3}\b/g, guids: /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi };
const known = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Set([...LETTERS.matchAll(shape)].map(([hit]) => hit.toLowerCase()))]));
const forms = (word) => [word, word.replace('@', '_'), encodeURIComponent(word), word.replaceAll('-', ''), word.replace('@', '&#64;'), word.replace('@', '\\u0040'), Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1)];
const WORDS = [...new Set(Object.values(known).flatMap((all) => [...all]).flatMap(forms).map((word) => word.toLowerCase()))].filter((word) => word.length > 6);
const DOMAINS = ['fabrikam', 'woodgrove', 'tailspin', 'evil.example', 'contoso', '#ext#'];

/** What a saved report says, whatever packs it. */
function said(name, bytes) {
  if (name.endsWith('.xlsx')) {
    const parts = [];
    for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
      const head = at + 30, start = head + bytes.readUInt16LE(at + 26), end = start + bytes.readUInt32LE(at + 18);
      parts.push(bytes.toString('utf8', head, start), zlib.inflateRawSync(bytes.subarray(start, end)).toString('utf8'));
      at = end;
    }
    if (parts.length < 12) throw new Error('a workbook of ' + parts.length / 2 + ' parts');
    return parts.join('\n');
  }
  const mark = '<script type="application/octet-stream" id="report">', whole = bytes.toString('utf8'), start = whole.lastIndexOf(mark);
  // Of an interactive report, the data alone: around them it is the page, which report.test.mjs compares.
  if (name.endsWith('.html') && whole.includes('<iframe id="app"')) return zlib.gunzipSync(Buffer.from(whole.slice(start + mark.length, whole.indexOf('</script>\n', start)), 'base64')).toString('utf8');
  return whole;
}
const found = (text, words) => { const lower = text.toLowerCase(); return words.filter((word) => lower.includes(word)); };

/** The tables of a board's CSV, as numbers; null where a count is suppressed. */
function tables(csv) {
  const blocks = csv.replace('\ufeff', '').split(/\r\n\r\n/).filter((block) => block.trim());
  return blocks.map((block) => block.trim().split('\r\n').slice(1).map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].slice(1).map(([, cell]) => (cell === 'suppressed' ? null : Number(cell)))));
}

/** Suppressed cells of a table whose value follows from its sums: those that a linear system determines. */
function recovered(table) {
  const places = new Map(), rows = table.length, columns = table[0]?.length ?? 0;
  table.forEach((line, y) => line.forEach((cell, x) => { if (cell === null) places.set(`${y} ${x}`, places.size); }));
  const equation = (cells) => {
    const row = Array(places.size).fill(0);
    // All parts less their sum, which stands last, are nothing.
    cells.forEach(([y, x], at) => { if (table[y][x] === null) row[places.get(`${y} ${x}`)] = at === cells.length - 1 ? -1 : 1; });
    return row;
  };
  const range = (count) => [...Array(count).keys()];
  const system = [...range(rows).map((y) => equation(range(columns).map((x) => [y, x]))), ...range(columns).map((x) => equation(range(rows).map((y) => [y, x])))];
  let done = 0;
  for (let column = 0; column < places.size; column++) {
    const pivot = system.findIndex((row, at) => at >= done && Math.abs(row[column]) > 1e-9);
    if (pivot < 0) continue;
    [system[done], system[pivot]] = [system[pivot], system[done]];
    const own = system[done].map((number) => number / system[done][column]);
    system[done] = own;
    system.forEach((row, at) => { if (at !== done && row[column]) system[at] = row.map((number, x) => number - row[column] * own[x]); });
    done++;
  }
  return system.filter((row) => row.filter((number) => Math.abs(number) > 1e-9).length === 1).length;
}

const ENDS = { html: 'html', interactive: 'html', csv: 'csv', xlsx: 'xlsx', json: 'json', markdown: 'md' };

await each(async ({ browser, check, downloads, note, which }) => {
  const { page } = await open(browser), asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  const app = await appOf(page), user = new App(page, app);
  await page.setOfflineMode(true).catch(() => note('this driver cannot switch the network off'));
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  const hits = () => app.$eval(at('share-verdict'), (node) => node.dataset.hits).catch(() => undefined);
  const change = (id, value) => app.$eval(at(id), (node, value) => { node.value = value; node.dispatchEvent(new Event('change', { bubbles: true })); }, value);
  const tick = (id, rest = '') => app.$eval(at(id, rest), (node) => { if (!node.checked) { node.checked = true; node.dispatchEvent(new Event('change', { bubbles: true })); } });
  const size = { html: /\.html/, interactive: /MB/ };
  /** Chooses a form, waits for the verdict and saves; the file's text. */
  const save = async (level, form) => {
    await user.click('share-form', `[data-form=${form}]`);
    const name = `guestlens-${level}-report.${ENDS[form]}`;
    await until(`${level} ${form}`, async () => { const words = await text(app, at('download')); return (await hits()) === '0' && words.includes(name) && (size[form] ?? /./).test(words); });
    const place = path.join(downloads, name);
    fs.rmSync(place, { force: true });
    await app.click(at('download'));
    const bytes = await downloaded(downloads, name);
    fs.rmSync(place);
    return said(name, bytes);
  };
  const close = async () => { await page.keyboard.press('Escape'); await until('no dialog', async () => !(await app.$(at('share-verdict')))); };

  await user.load(CASE);
  await until('all of it', async () => (await user.number('count-total')) === expected.unique_events, 10_000);
  check('the case holds what it says', known.addresses.size >= expected.distinct_raw_emails && known.networks.size >= expected.distinct_raw_ipv4 && known.guids.size >= expected.distinct_guids, Object.values(known).map((all) => all.size));

  // 14: an auditor.
  await user.click('share');
  await until('a verdict', async () => (await hits()) === '0');
  for (const view of ['guests', 'requests', 'findings', 'events', 'coverage']) await tick('share-view', `[data-view=${view}]`);
  const reports = {};
  for (const form of Object.keys(ENDS)) {
    reports[form] = await save('auditor', form);
    const bad = found(reports[form], [...WORDS, ...DOMAINS]);
    check(`14: ${form} holds nobody`, bad.length === 0, bad.slice(0, 5));
  }
  check('14: the search finds all of it in the exports', Object.values(known).flatMap((all) => [...all]).every((word) => LETTERS.toLowerCase().includes(word)) && found(LETTERS, DOMAINS).length >= 5);
  for (const form of ['html', 'json', 'markdown', 'xlsx']) check(`14: the certificate is in ${form}`, /0 of [\d,.]+ identifiers/.test(reports[form].replaceAll('\\', '')));
  // The key file belongs to the report that was written last: so it is saved with it.
  const keyed = async () => {
    const csv = await save('auditor', 'csv'), place = path.join(downloads, 'guestlens-key-keep-private.json');
    await app.click(at('download-key'));
    const { labels } = JSON.parse(String(await downloaded(downloads, path.basename(place))));
    fs.rmSync(place);
    const dana = labels.filter((label) => label.address === 'dana@fabrikam.example');
    return { csv, labels: labels.map((label) => label.label), dana: dana.map((label) => label.label) };
  };
  const one = await keyed();
  await save('auditor', 'markdown');
  const two = await keyed();
  check('14: dana has one label in a report', one.dana.length === 1 && two.dana.length === 1, [one.dana, two.dana]);
  check('14: it is in the report', one.csv.includes(one.dana[0]) && two.csv.includes(two.dana[0]));
  check('14: no label is in both reports', one.labels.length > 10 && one.labels.every((label) => !two.labels.includes(label)));

  // 17: the guests of a partner.
  await user.click('share-level', '[data-level=partner]');
  await change('share-partner', 'woodgrove.example');
  for (const form of Object.keys(ENDS)) {
    const report = await save('partner', form), others = ['fabrikam', 'tailspin', 'evil', 'contoso', 'adele', 'mallory', 'dana', 'megan', ...[...known.addresses].filter((address) => !address.endsWith('woodgrove.example'))];
    const bad = found(report, others.filter((word) => !/woodgrove/.test(word)));
    check(`17: ${form} holds nobody else`, bad.length === 0, bad.slice(0, 5));
    if (['html', 'csv', 'xlsx', 'json', 'interactive'].includes(form)) check(`17: ${form} names its guests`, report.includes('nora@woodgrove.example'), report.length);
  }

  // 16: a board.
  await user.click('share-level', '[data-level=board]');
  await until('no such form', () => app.$eval(at('share-form', '[data-form=interactive]'), (node) => node.disabled));
  const board = await save('board', 'csv'), counts = tables(board);
  check('16: tables of counts', counts.length >= 2 && counts.flat(2).includes(null), counts.map((table) => table.length));
  check('16: no count from 1 to 4', counts.flat(2).every((cell) => cell === null || cell === 0 || cell >= 5), counts.flat(2).filter((cell) => cell > 0 && cell < 5));
  check('16: none follows from the sums', counts.every((table) => recovered(table) === 0), counts.map(recovered));
  check('16: the search for such a count can find one', recovered([[null, 7, 10], [2, 3, 5], [5, 10, 15]]) === 1 && recovered([[null, null, 10], [null, null, 5], [5, 10, 15]]) === 0);
  for (const form of ['html', 'xlsx', 'json', 'markdown']) {
    const report = await save('board', form), bad = found(report, [...WORDS, ...DOMAINS]);
    check(`16: ${form} holds nobody`, bad.length === 0 && !/(guest|member|person)-[0-9A-Z]{4}\b/.test(report), bad.slice(0, 5));
    if (form === 'xlsx') check('16: no small count is in the workbook', [...report.matchAll(/<v>(\d+)<\/v>/g)].every(([, cell]) => cell === '0' || Number(cell) >= 5));
  }

  // 15: around the redaction. First what a sender types.
  await user.click('share-level', '[data-level=auditor]');
  await save('auditor', 'html');
  const guid = [...known.guids][0];
  for (const word of ['dana@fabrikam.example', 'DANA@FABRIKAM.EXAMPLE', 'dana%40fabrikam.example', 'dana_fabrikam.example#EXT#', guid, guid.replaceAll('-', ''), '203.0.113.110']) {
    await change('share-title', 'About ' + word);
    await until('refused', async () => Number(await hits()) > 0);
    check(`15: no file with ${word} in its title, and the place is shown`, (await app.$eval(at('download'), (node) => node.disabled)) && (await text(app, '[data-testid=dialog-share] .share__hits')).length > 10);
  }
  await change('share-title', '');
  await until('clean', async () => (await hits()) === '0');
  await close();

  // 21: a link.
  const hash = () => page.evaluate(() => location.hash);
  await user.view('events');
  await user.search('dana');
  await until('filtered', async () => { const count = await user.number('count-matching'); return count > 0 && count < expected.unique_events; });
  const value = '[data-value="Invite external user"]';
  await until('facets', () => app.$(at('facet-value', value)));
  await user.click('facet-value', value);
  await until('in the address', async () => (await hash()).includes('Invite'));
  await until('the note', () => app.$(at('link-note')));
  const link = await page.evaluate(() => location.href), tail = decodeURIComponent(link.slice(link.indexOf('#')).replaceAll('+', ' ')).toLowerCase();
  check('21: the link names nobody', found(tail, ['dana', ...DOMAINS, ...WORDS]).length === 0, tail);
  check('21: the page says what is not in it', /Not in the link: the search/.test(await text(app, at('link-note'))));
  await shot(page, `scenario-link-${which}`);
  const second = await open(browser, link), other = new App(second.page, second.app);
  second.page.on('request', (request) => asked.push(request.url()));
  await other.load(CASE);
  await until('again', async () => (await other.number('count-total')) === expected.unique_events && (await other.number('count-matching')) === expected.activities['Invite external user']);
  check('21: with the same files it is the same view', (await second.app.$eval(at('app'), (node) => node.dataset.view)) === 'events' && !!(await second.app.$(at('filter-chip', '[data-filter=activity]'))));
  const third = await open(browser, link), stranger = new App(third.page, third.app);
  await stranger.load({ 'others.json': JSON.stringify(JSON.parse(CASE[AUDIT[0]]).filter((event) => event.activityDisplayName !== 'Invite external user')) });
  await until('nothing', async () => (await stranger.number('count-total')) > 0 && (await stranger.number('count-matching')) === 0);
  const words = await text(third.app, 'main');
  check('21: with other files it says what is missing', /no event/i.test(words), words.slice(0, 300));
  check('21: and which value', /Invite external user.*not in these files/.test(await text(third.app, at('filter-chip', '[data-filter=activity]'))));
  check('21: the same files miss nothing', !/not in these files/.test(await text(second.app, at('filter-chip', '[data-filter=activity]'))));
  await shot(third.page, `scenario-other-files-${which}`);
  await second.page.close();
  await third.page.close();
  await page.bringToFront();

  // 15, in files: identifiers where nobody expects them.
  const mail = 'zephyr@quillfeather.example', id = '5e1f3b2a-0c0d-4e0f-8a0b-1c2d3e4f5a6b';
  const odd = (n, name, reason) => ({
    id: `9d1e4c7a-0000-4000-8000-0000000000${10 + n}`, activityDisplayName: 'Update user', activityDateTime: `2026-06-0${n + 1}T08:30:15Z`, loggedByService: 'Core Directory', category: 'UserManagement',
    correlationId: `7d1e4c7a-0000-4000-8000-0000000000${10 + n}`, result: 'success', resultReason: reason, initiatedBy: { user: { id, displayName: name, userPrincipalName: mail, ipAddress: '198.51.100.77' } },
    targetResources: [{ id, type: 'User', displayName: name, userPrincipalName: mail, modifiedProperties: [{ displayName: 'Mail', oldValue: null, newValue: JSON.stringify([reason]) }] }], additionalDetails: [{ key: 'note', value: reason }],
  });
  const spellings = [mail, mail.toUpperCase(), encodeURIComponent(mail), id.replaceAll('-', ''), Buffer.from(mail).toString('base64')];
  await user.click('clear-filters');
  await user.load({ 'odd.json': JSON.stringify(spellings.map((reason, n) => odd(n, n % 2 ? reason : mail, `Sent to ${reason}`))) }, { wait: false });
  await until('the odd ones', async () => (await user.number('count-total')) === expected.unique_events + spellings.length);
  await user.click('share');
  for (const more of [[], ['share-scrub'], ['share-scrub', 'share-things']]) {
    for (const id of more) await tick(id);
    for (const form of ['html', 'csv', 'xlsx', 'json']) {
      await user.click('share-form', `[data-form=${form}]`);
      await until(`${form} of ${more}`, async () => (await hits()) !== undefined && (await text(app, at('download'))).includes('.' + ENDS[form]));
      if (Number(await hits()) > 0) {
        check(`15: ${form} ${more} is refused, and the places are shown`, (await app.$eval(at('download'), (node) => node.disabled)) && (await text(app, '[data-testid=dialog-share] .share__hits')).length > 10);
        continue;
      }
      const bad = found(await save('auditor', form), [...spellings, id, 'quillfeather', 'zephyr', '198.51.100.77'].map((word) => word.toLowerCase()));
      check(`15: ${form} ${more} holds none of it`, bad.length === 0, bad);
    }
  }
  await close();

  // 18: no request, and every door refused. What the self-test tries is counted by no one but the policy.
  const foreign = asked.filter((url) => !/^(file|blob|about|data):/.test(url));
  check('18: nothing was asked for while it loaded, was used and saved', asked.length > 0 && foreign.length === 0, foreign.length ? foreign : asked.length);
  await user.click('proof');
  await app.waitForSelector(at('proof-test'));
  await user.click('proof-test');
  await until('doors', async () => (await app.$$(at('proof-door'))).length > 15, 60_000);
  const doors = await user.values('proof-door', ['door', 'result']);
  check('18: every door is refused', doors.every(({ result }) => result === 'refused'), doors.filter(({ result }) => result !== 'refused'));
});
