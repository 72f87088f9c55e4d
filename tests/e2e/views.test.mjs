// The views made of blocks, with the sample tenant: tables under a hand, what opens beside them, doors and Back, controls, lanes, matrices.
import { audit, downloaded, each, open, sleep, until } from './lib.mjs';

const VIEWS = ['findings', 'guests', 'inactive', 'sponsors', 'reviews', 'compare', 'requests', 'packages', 'assignments', 'access-between', 'separation', 'organizations', 'app-roles', 'b2c', 'coverage'];

await each(async ({ browser, check, downloads }) => {
  const { page, app, said } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const data = (selector, key) => app.$eval(selector, (node, key) => node.dataset[key], key).catch(() => undefined);
  const focused = (selector) => app.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
  const settled = () => until('an answer', async () => (await app.$eval('.count', (node) => node.getAttribute('aria-busy'))) === 'false');
  const address = () => page.evaluate(() => location.hash);
  const show = async (view) => {
    await click(at('view-tab', `[data-view="${view}"]`));
    await until(view, () => app.$(at('view', `[data-view="${view}"]`)));
    await settled();
  };

  await click(at('sample-data'));
  await until('ready', async () => (await data(at('app'), 'state')) === 'ready', 60_000);

  // Each view has something to show, and nothing that a screen reader stumbles over.
  for (const view of VIEWS) {
    await show(view);
    const blocks = await app.$eval('.report-blocks', (node) => node.children.length);
    check(`${view} has blocks`, blocks > 1, blocks);
    const { bad } = await audit(app);
    check(`${view}: axe`, bad.length === 0, bad);
  }

  // A table: sort, find, move, unfold what opens.
  await show('guests');
  const table = at('table', '[data-table="guests"]');
  const lines = (selector = table) => app.$$eval(`${selector} .data-table__line`, (nodes) => nodes.map((node) => Number(node.dataset.place)));
  const first = () => app.$eval(`${table} [data-place="0"]`, (node) => node.dataset.id);
  const total = Number(await data(`${table} ${at('table-count')}`, 'total'));
  check('a table says how many lines it has', total > 100, total);
  check('few of them are in the document', (await lines()).length < 60, (await lines()).length);
  const before = await first();
  const sorter = `${table} ${at('table-sort', '[data-column="guest"]')}`;
  const sorted = () => app.$eval(`${table} th[data-column="guest"]`, (node) => node.getAttribute('aria-sort'));
  await click(sorter);
  await until('sorted', async () => (await sorted()) === 'ascending' && (await first()) !== before);
  await click(sorter);
  await until('the other way', async () => (await sorted()) === 'descending');
  check('a heading sorts', true);
  await click(sorter);
  await until('its own order', async () => (await sorted()) === null && (await first()) === before);

  const find = await app.$(`${table} ${at('table-find')}`);
  await find.type('fabrikam');
  await until('found', async () => Number(await data(`${table} ${at('table-count')}`, 'matching')) < total);
  const matching = Number(await data(`${table} ${at('table-count')}`, 'matching'));
  check('finds lines', matching > 0 && matching < total, `${matching} of ${total}`);
  check('the box keeps what is typed and the focus', (await find.evaluate((node) => node.value)) === 'fabrikam' && await focused(at('table-find')));
  await find.evaluate((node) => { node.value = ''; node.dispatchEvent(new InputEvent('input', { bubbles: true })); });
  await until('all lines', async () => Number(await data(`${table} ${at('table-count')}`, 'matching')) === total);

  await app.$eval(`${table} [data-place="0"] [data-cell="0"]`, (node) => node.focus());
  await page.keyboard.press('End');
  await until('the last line', () => app.$(`${table} [data-place="${total - 1}"][data-id]`));
  check('End goes to the last line, which is fetched', await focused(`[data-place="${total - 1}"] [data-cell="0"]`));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  // Its content is fetched again; Enter on a line that is on its way does nothing.
  await until('the second line', async () => (await app.$(`${table} [data-place="1"][data-id]`)) && focused('[data-place="1"] [data-cell="0"]'));
  await page.keyboard.press('Enter');
  await until('details', () => app.$(at('guest-details')));
  const key = await data(at('opened'), 'key');
  check('Enter opens the line', (await app.$eval('[data-place="1"]', (node) => node.getAttribute('aria-selected'))) === 'true', key);
  check('the focus stays in the table', await focused('[data-place="1"] [data-cell="0"]'));
  await page.keyboard.press(']');
  await until('the next one', async () => (await data(at('opened'), 'key')) !== key);
  await page.keyboard.press('[');
  await until('back to it', async () => (await data(at('opened'), 'key')) === key);
  check('[ and ] go from line to line', true);
  check('details: axe', (await audit(app)).bad.length === 0, (await audit(app)).bad);
  check('the address names nobody', !/@|%40|example/.test(await address()), await address());
  await page.keyboard.press('Escape');
  await until('closed', async () => !(await app.$(at('opened'))));

  // A drawer on a narrow window is a page of its own.
  await click(`${table} [data-place="0"]`);
  await until('details', () => app.$(at('guest-details')));
  await page.setViewport({ width: 390, height: 844 });
  await sleep(300);
  const sideways = await app.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.querySelector('.drawer').getBoundingClientRect().width !== innerWidth);
  check('the drawer fits a narrow window', !sideways);
  await page.setViewport({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');

  await click(`${table} ${at('table-export', '[data-format="csv"]')}`);
  const csv = (await downloaded(downloads, `guestlens guests ${total} lines.csv`)).toString();
  check('all lines are saved', csv.split('\r\n').length >= total, csv.split('\r\n').length);

  // A number that is typed stays under the hand.
  await show('inactive');
  const threshold = await app.$(at('threshold'));
  const figure = () => data(at('stat', '[data-stat="guests-inactive"]'), 'value');
  const many = await figure();
  await threshold.evaluate((node) => { node.focus(); node.select(); });
  await threshold.type('10');
  await until('another figure', async () => (await figure()) !== many);
  check('typing a number keeps the focus', await focused(at('threshold')), `${many}, ${await figure()}`);
  check('the address says it', (await address()).includes('set-threshold=10'), await address());

  // Doors, and Back.
  await show('findings');
  const subjects = await app.$$(at('finding'));
  check('findings are listed', subjects.length > 3, subjects.length);
  await click(at('evidence'));
  await until('events', async () => (await data(at('app'), 'view')) === 'events');
  await settled();
  const picked = await app.$$eval(at('filter-chip', '[data-filter="picked"]'), (nodes) => nodes.length);
  check('evidence is exactly its events', picked === 1 && Number(await data(at('count-matching'), 'value')) > 0, await data(at('count-matching'), 'value'));
  await page.goBack();
  await until('the findings again', async () => (await data(at('app'), 'view')) === 'findings' && (await app.$(at('finding'))) !== null);
  await settled();
  check('Back returns', !(await app.$(at('filter-chip'))));
  await click(`${at('finding')} button`);
  await until('a finding', () => app.$(at('opened')));
  await page.goBack();
  await until('closed by Back', async () => !(await app.$(at('opened'))));
  check('Back closes what was opened', true);

  // Lanes and matrices under keys.
  await show('requests');
  await app.$eval('[data-stop][tabindex="0"]', (node) => node.focus());
  const stop = () => app.evaluate(() => document.activeElement?.getAttribute('data-stop'));
  const from = await stop();
  await page.keyboard.press('ArrowRight');
  await until('another mark', async () => (await stop()) !== from && (await stop()) !== null);
  await page.keyboard.press('ArrowDown');
  check('arrows go from mark to mark and from line to line', (await stop())?.split('-')[0] !== from.split('-')[0], await stop());
  check('marks say what they are', await app.evaluate(() => /UTC/.test(document.activeElement.getAttribute('aria-label'))));

  await show('separation');
  await app.$eval(at('matrix-cell', '[data-at="0-0"]'), (node) => node.focus());
  await page.keyboard.press('ArrowRight');
  check('arrows go from cell to cell', await focused('[data-at="0-1"]'));
  const pair = await app.$eval(at('matrix-cell', ':not([data-count="0"])'), (node) => { node.click(); return Number(node.dataset.count); });
  await settled();
  await until('its people', async () => Number(await data(at('table-count'), 'matching')) === pair);
  check('a cell leads to its people', true, pair);

  check('the console is quiet', said.length === 0, said);
});
