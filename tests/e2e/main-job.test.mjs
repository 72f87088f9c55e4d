// The main job, as a person does it, in the shipped file from file://.
import { audit, downloaded, drop, each, open, PAGE, sleep, until } from './lib.mjs';
import { csv, json, jsonLines, records } from './data.mjs';
import { App } from './use.mjs';

const all = records(3000), [older, newer] = [all.slice(1500), all.slice(0, 1500)];
const count = (test) => all.filter(test).length;
const failures = count((r) => r.result === 'failure'), invitations = (r) => r.activityDisplayName === 'Invite external user';
const contains = (text) => count((r) => Object.values({ ...r, targets: JSON.stringify(r) }).some((value) => JSON.stringify(value)?.toLowerCase().includes(text)));

await each(async ({ which, browser, check, downloads }) => {
  const { page, app: frame, said } = await open(browser);
  const app = new App(page, frame);
  await page.setViewport({ width: 1440, height: 900 });
  const axe = async (what) => { const { bad, passes } = await audit(frame); check(`axe, ${what}`, bad.length === 0 && passes > 10, bad); };

  check('begins empty', await app.state() === 'empty');
  await axe('empty');

  // Loading: two formats and a wrong file at once.
  await app.load({ 'older.csv': csv(older), 'newer.json': json(newer), 'notes.txt': 'Dear diary,\nnothing here is an export.\n' });
  check('every event is there', await app.number('count-total') === all.length, String(await app.number('count-total')));
  await app.view('sources');
  const sources = await app.values('source', ['name', 'format', 'records', 'events', 'problems']);
  check('each file is accounted for', JSON.stringify(sources.map((s) => [s.name, s.format, s.records, s.events])) === JSON.stringify([['older.csv', 'portal-csv', '1500', '1500'], ['newer.json', 'graph-json', '1500', '1500'], ['notes.txt', '', '0', '0']]), sources);
  check('the wrong file is a problem', Number(sources[2].problems) === 1 && (await frame.$$('[data-testid="problem"]')).length === 1);
  await axe('sources');

  // Overview: each figure leads to its events.
  await app.view('overview');
  const stats = Object.fromEntries((await app.values('stat', ['stat', 'value'])).map(({ stat, value }) => [stat, value]));
  check('figures', Number(stats.failures) === failures && Number(stats['invitations-sent']) === count((r) => invitations(r) && r.result === 'success'), stats);
  await axe('overview');
  await frame.$eval('[data-testid="stat"][data-stat="failures"]', (node) => (node.matches('button') ? node : node.querySelector('button')).click());
  check('a figure is a door', await app.matching(failures));
  check('it shows the events', Boolean(await until('table', () => app.$('event-table')).catch(() => false)));
  check('and a chip that can be removed', (await frame.$$('[data-testid="filter-chip"]')).length === 1);
  await frame.$eval('[data-testid="filter-chip"]', (node) => (node.matches('button') ? node : node.querySelector('button')).click());
  check('removed', await app.matching(all.length));

  // Facets compose; undo and redo.
  const value = (field, text) => `[data-testid="facet"][data-field="${field}"] [data-testid="facet-value"][data-value="${text}"]`;
  await until('facet', () => frame.$(value('activity', 'Invite external user')));
  const offered = await frame.$eval(value('activity', 'Invite external user'), (node) => Number(node.dataset.count));
  check('a facet counts', offered === count(invitations), String(offered));
  await frame.$eval(value('activity', 'Invite external user'), (node) => node.click());
  check('a facet filters', await app.matching(count(invitations)));
  check('and is pressed', await frame.$eval(value('activity', 'Invite external user'), (node) => node.getAttribute('aria-pressed')) === 'true');
  await frame.$eval(value('result', 'failure'), (node) => node.click());
  check('facets compose', await app.matching(count((r) => invitations(r) && r.result === 'failure')));
  await page.keyboard.press('u');
  check('undo', await app.matching(count(invitations)));
  await page.keyboard.press('U');
  check('redo', await app.matching(count((r) => invitations(r) && r.result === 'failure')));
  const hash = await until('address', () => page.evaluate(() => location.hash));
  check('the address holds the view and public words', /view=events|v=events/.test(hash) && /Invite/.test(hash), hash);
  await page.keyboard.press('u'); await page.keyboard.press('u');
  check('undone', await app.matching(all.length));

  // Search in every field; names never reach the address.
  await app.search('FABRIKAM');
  check('search, letter case aside', await app.matching(contains('fabrikam')), String(contains('fabrikam')));
  await sleep(300);
  check('no search text in the address', !/fabrikam/i.test(await page.evaluate(() => location.hash)));
  await app.search(all[700].correlationId.slice(3, 20));
  check('search finds an id', await app.matching(1));
  await app.search('');
  check('search cleared', await app.matching(all.length));

  // Time: typed and dragged.
  const from = '2026-06-28T00:00:00', ticks = Date.parse(from + 'Z');
  await frame.$eval('[data-testid="time-from"]', (node, from) => { node.value = from; node.dispatchEvent(new Event('input', { bubbles: true })); node.dispatchEvent(new Event('change', { bubbles: true })); }, from);
  check('a typed time', await app.matching(count((r) => Date.parse(r.activityDateTime) >= ticks)), String(await app.number('count-matching')));
  await page.keyboard.press('u');
  check('time undone', await app.matching(all.length));
  const brush = await app.$('time-histogram'), box = await brush.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 3); await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 3, { steps: 5 }); await page.mouse.up();
  const brushed = await until('brushed', async () => { const n = await app.number('count-matching'); return n < all.length && n; }, 5000).catch(() => 0);
  check('the histogram is a brush', brushed > 300 && brushed < 1200, String(brushed));
  await page.keyboard.press('u');
  check('brush undone', await app.matching(all.length));

  // Table and details, by keyboard.
  await app.view('events');
  await until('lines', () => app.$('event', '[data-index="0"]'));
  const lines = await app.values('event', ['index']);
  check('the table is virtual', lines.length > 5 && lines.length < 200, String(lines.length));
  await frame.$eval('[data-testid="event-table"]', (node) => (node.matches('[tabindex]') ? node : node.querySelector('[tabindex="0"]')).focus());
  await page.keyboard.press('ArrowDown'); await page.keyboard.press('Enter');
  await until('details', () => app.$('event-details'));
  const field = (name) => frame.$eval(`[data-testid="detail"][data-field="${name}"]`, (node) => node.textContent).catch(() => '');
  await until('fields', () => app.$('detail'));
  const first = await field('correlation-id');
  check('details of a line', all.slice(0, 3).some((r) => first.includes(r.correlationId)), first);
  await page.keyboard.press(']');
  check('next event', await until('next', async () => { const now = await field('correlation-id'); return now && now !== first; }, 5000).catch(() => false));
  await axe('events with details');
  await page.keyboard.press('Escape');
  check('Esc closes the details', await until('closed', async () => !await app.$('event-details'), 3000).catch(() => false));

  // Paper: every line up to 2,000, not only those in sight.
  await frame.evaluate(() => { window.print = () => { window.printed = document.querySelectorAll('[data-testid="print-table"] tbody tr').length; }; });
  await page.keyboard.down('Control'); await page.keyboard.press('p'); await page.keyboard.up('Control');
  check('prints 2,000 lines', await until('printed', () => frame.evaluate(() => window.printed), 8000).catch(() => 0) === 2000, String(await frame.evaluate(() => window.printed)));
  check('and is as before', await until('gone', async () => !await app.$('print-table'), 3000).catch(() => false) && Boolean(await app.$('event')));

  // Groups.
  await app.view('groups');
  await until('group-by', () => app.$('group-by'));
  await frame.select('[data-testid="group-by"]', 'activity');
  const groups = await until('groups', async () => { const found = await app.values('group-value', ['value', 'count']); return found.some((g) => g.value === 'Invite external user') && found; });
  check('groups count', groups.reduce((sum, g) => sum + Number(g.count), 0) === all.length && Number(groups.find((g) => g.value === 'Invite external user').count) === count(invitations), groups);
  await axe('groups');
  await frame.select('[data-testid="group-by"]', 'source');
  check('files go by their names', await until('names', async () => { const found = await app.values('group-value', ['value', 'count']); return found.length === 2 && found.every((g) => ['older.csv', 'newer.json'].includes(g.value)); }, 5000).catch(() => false));
  await frame.select('[data-testid="group-by"]', 'activity');

  // Export exactly what is on screen.
  await app.view('events');
  await frame.$eval(value('activity', 'Invite external user'), (node) => node.click());
  await app.matching(count(invitations));
  for (const format of ['csv', 'json', 'json-lines']) {
    await page.keyboard.press('e');
    const button = await until('export button', async () => { const found = await app.$('export', `[data-format="${format}"]`); return await found?.isVisible() && found; });
    await button.click(); // by mouse: a browser saves a second file only after a real click
    const end = { csv: 'csv', json: 'json', 'json-lines': 'jsonl' }[format];
    const name = await until('file name', async () => (await import('node:fs')).readdirSync(downloads).find((file) => file.startsWith('guestlens') && file.endsWith('.' + end)), 8000).catch(() => '');
    const text = name ? (await downloaded(downloads, name)).toString() : '';
    if (format === 'csv') {
      check('CSV export', text.split('\r\n').filter(Boolean).length === count(invitations) + 1, text.slice(0, 80));
      check('no cell is a formula', !/(^|,)"?[=+@-][A-Za-z]/m.test(text) && text.includes("'=Formula Name"));
    } else {
      const list = format === 'json' ? JSON.parse(text) : text.trim().split('\n').map((line) => JSON.parse(line));
      check(`${format} export`, list.length === count(invitations) && list.every(invitations), String(list.length));
    }
  }
  await page.keyboard.press('Escape');

  // A link with filters; a drop on the outer page; removal.
  const linked = await open(browser, PAGE + (await page.evaluate(() => location.hash)));
  const other = new App(linked.page, linked.app);
  await drop(linked.page, [{ name: 'a.jsonl', text: jsonLines(older) }, { name: 'b.csv', text: csv(newer) }]);
  await other.become('ready');
  check('a link opens its filters, a drop is read', await other.number('count-total') === all.length && await other.matching(count(invitations)));
  check('nothing on the console', said.length + linked.said.length === 0, [...said, ...linked.said].slice(0, 5));

  // The engine stops: the page lives, names the file, reads the others again.
  const worker = linked.page.workers().at(-1);
  if (worker && which === 'chromium') { // BiDi cannot evaluate in a worker
    await worker.evaluate(() => { setTimeout(() => { throw new Error('stopped by the test'); }); });
    check('a stopped engine is replaced', await until('read again', async () => await other.state() === 'ready' && await other.number('count-total') === all.length && linked.app.$('[role="alert"]'), 15_000).then(() => true, () => false));
  }
});
