// What a whole visit showed: wrong files first, doors, totals, the proof's counts, links, density, paper.
import { drop, each, open, sleep, until } from './lib.mjs';

const PRINTED = `window.printed = null; window.print = () => {
  const box = (node) => node.getBoundingClientRect();
  const table = document.querySelector('.data-table');
  window.printed = {
    boxes: [...document.querySelectorAll('.time-chart__bars svg, .step-chart__steps svg, .lanes__drawing')].map((node) => node.getAttribute('viewBox')),
    facts: table?.classList.contains('data-table--facts') ?? false,
    labels: new Set([...document.querySelectorAll('.data-table td[data-label]')].map((node) => node.dataset.label)).size,
    columns: document.querySelectorAll('.data-table thead th[data-column]').length,
    lines: document.querySelectorAll('.data-table__line').length,
  };
};`;

await each(async ({ which, browser, check }) => {
  const { page, app, said } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const data = (selector, key) => app.$eval(selector, (node, key) => node.dataset[key], key).catch(() => undefined);
  const number = async (selector, key = 'value') => Number(await data(selector, key));
  const settled = async () => {
    await sleep(150);
    await until('an answer', async () => (await app.$eval('.count', (node) => node.getAttribute('aria-busy'))) === 'false');
    await sleep(250);
  };
  const view = () => data(at('app'), 'view');
  const show = async (name) => {
    await click(at('view-tab', `[data-view="${name}"]`));
    await until(name, async () => (await view()) === name);
    await settled();
  };
  const hash = () => page.evaluate(() => location.hash);

  // Only a wrong file: the start page stays.
  await drop(page, [{ name: 'pic.png', text: '\u0089PNG nothing to read' }]);
  await until('read in vain', () => app.$(at('in-vain')));
  check('after a wrong file only, the start page stays with what to do', Boolean(await app.$(at('sample-data'))) && Boolean(await app.$(at('file-input'))));
  check('and names the file', (await app.$eval(at('in-vain'), (node) => node.textContent)).includes('pic.png'));
  check('and says that nothing was loaded', (await data(at('app'), 'state')) === 'failed');
  await click(`${at('in-vain')} button`);
  await until('sources', () => app.$(at('source')));
  check('Sources can be seen all the same', (await app.$$(at('source'))).length === 1);
  await click(at('clear-all'));
  await until('empty', async () => (await data(at('app'), 'state')) === 'empty');

  await click(at('sample-data'));
  await until('ready', async () => (await data(at('app'), 'state')) === 'ready', 60_000);
  await settled();

  // Figures lead to what they count.
  for (const [id, to] of [['actors', 'groups'], ['targets', 'groups'], ['sources', 'sources'], ['guests-seen', 'guests']]) {
    await show('overview');
    const counted = await number(at('stat', `[data-stat="${id}"]`));
    await click(at('stat', `[data-stat="${id}"]`));
    await until(to, async () => (await view()) === to);
    await settled();
    check(`${id} leads to ${to}`, true);
    if (to === 'groups') check(`${id}: as many groups`, (await app.$eval('.groups__scroll', (node) => node.closest('.groups').textContent)).includes(counted.toLocaleString('en')), counted);
  }
  await show('b2c');
  const signIns = await number(at('stat', '[data-stat="b2c-sign-ins"]'));
  await click(at('stat', '[data-stat="b2c-sign-ins"]'));
  await until('events', async () => (await view()) === 'events');
  await settled();
  check('sign-ins lead to as many events', (await number(at('count-matching'))) === signIns, signIns);
  await click(at('clear-filters'));
  await settled();
  await show('access-between');
  const possible = await number(at('stat', '[data-stat="access-possible"]'));
  await click(at('stat', '[data-stat="access-possible"]'));
  await settled();
  const people = await app.$$eval(at('access'), (nodes) => new Set(nodes.map((node) => node.dataset.subject)).size).catch(() => 0);
  check('who may have had access leads to these alone', possible === 0 ? people === 0 : people > 0 && people <= possible, [possible, people]);

  // A cell of the heat map leads to as many events.
  await show('overview');
  const cell = await app.$eval('.heatmap__cell--leads', (node) => ({ count: Number(node.dataset.value), cell: node.dataset.cell }));
  await click('.heatmap__cell--leads');
  await until('events', async () => (await view()) === 'events');
  await settled();
  check('a cell leads to its events', (await number(at('count-matching'))) === cell.count, cell);
  check('and the address says so', (await hash()).includes(`hour=${cell.cell}`), await hash());
  await click(at('undo'));
  await settled();

  // What was set on a view is undone, too, and is shared by views that ask the same.
  await show('inactive');
  await app.$eval(at('threshold'), (node) => { node.value = '30'; node.dispatchEvent(new InputEvent('input', { bubbles: true })); });
  await until('30 days', async () => (await data(at('threshold'), 'value')) === '30');
  await settled();
  await show('guests');
  check('guests use the threshold of inactive guests', (await data(at('threshold'), 'value')) === '30', await data(at('threshold'), 'value'));
  check('undo is there', !(await app.$eval(at('undo'), (node) => node.disabled)));
  await click(at('undo'));
  await settled();
  check('undo takes the threshold back', (await data(at('threshold'), 'value')) === '90', await data(at('threshold'), 'value'));

  // Sources: what all files hold together.
  await show('sources');
  const sums = await app.$$eval(at('source'), (nodes) => ['records', 'events', 'duplicates'].map((key) => nodes.reduce((sum, node) => sum + Number(node.dataset[key]), 0)));
  const totals = await app.$eval(at('source-totals'), (node) => ['records', 'events', 'duplicates'].map((key) => Number(node.dataset[key])));
  check('the totals are the sums of the files', JSON.stringify(sums) === JSON.stringify(totals), [sums, totals]);
  check('their events are the events', totals[1] === await number(at('count-total')), totals[1]);

  // A link leaves the search out, and the page says so.
  await show('events');
  check('nothing is said without a search', !await app.$(at('link-note')));
  await app.type(at('search'), 'fabrikam');
  await until('the note', () => app.$(at('link-note')));
  check('a search is said not to be in the link', /Not in the link: the search/.test(await app.$eval(at('link-note'), (node) => node.textContent)) && !(await hash()).includes('fabrikam'));
  await click(at('clear-filters'));
  await settled();

  // 1440 pixels: who did it is in sight; one row of tools; no figure alone.
  const inSight = (field) => app.$eval(`.event-table__heading[data-field="${field}"]`, (node) => {
    const scroller = node.closest('.event-table__scroller').getBoundingClientRect();
    return node.getBoundingClientRect().right <= scroller.right + 1;
  });
  for (const field of ['actor', 'target', 'ip-address']) check(`1440: ${field} is in sight`, await inSight(field));
  check('1440: the tools stand in one row', await app.$eval('.top-bar__tools', (node) => node.getBoundingClientRect().height < 50));
  await show('app-roles');
  check('1440: who gave an application role is in sight', await app.$eval('th[data-column="initiator"]', (node) => node.getBoundingClientRect().right < innerWidth));
  await show('overview');
  const rows = await app.$$eval('.stats__item', (nodes) => nodes.map((node) => Math.round(node.getBoundingClientRect().top)));
  check('1440: no figure stands alone', rows.every((top) => rows.filter((other) => other === top).length > 1), rows);
  check('every chart over time hatches what no file covers', (await app.$$('.time-chart__bars .uncovered')).length > 0);
  await show('packages');
  check('that of access packages, too', (await app.$$('.step-chart__steps .uncovered')).length > 0);
  const labels = await app.$$eval('[data-chart="package-activity-over-time"] .axis__tick text', (nodes) => nodes.map((node) => node.textContent).filter(Boolean));
  check('its ticks are days or months of the calendar', labels.length > 1 && labels.every((label) => /^(\d+ )?[A-Z][a-z]{2}( \d{4})?$/.test(label)), labels);
  check('and its zone is said', /UTC/.test(await app.$eval('[data-chart="package-activity-over-time"]', (node) => node.textContent)));
  const fill = (chart, name) => app.$$eval(`${chart} li, ${chart} button`, (nodes, name) => {
    const line = nodes.find((node) => node.textContent.startsWith(name) && node.querySelector('.swatch'));
    return line && getComputedStyle(line.querySelector('.swatch rect, .swatch path, .swatch *')).fill;
  }, name);
  const [there] = [await fill('[data-chart="package-activity-over-time"]', 'Failure')];
  await show('overview');
  const here = await fill('[data-chart="events-over-time"]', 'Failure');
  check('a failure has the same colour in both', Boolean(here) && here === there, [here, there]);

  // Paper.
  await app.evaluate(PRINTED);
  for (const name of ['overview', 'guests', 'requests']) {
    await show(name);
    await app.evaluate('window.printed = null');
    await click(at('print'));
    const printed = await until('printed ' + name, () => app.evaluate(() => window.printed), 20_000);
    check(`${name}: charts scale to the sheet`, printed.boxes.length > 0 && printed.boxes.every((box) => /^0 0 [\d.]+ [\d.]+$/.test(box ?? '')), printed.boxes.slice(0, 3));
    if (name === 'guests') check('guests: every column is on paper, line by line', printed.facts && printed.labels === printed.columns && printed.lines > 200, [printed.labels, printed.columns, printed.lines]);
    await settled();
  }

  // The proof: its counts agree, at once and when it is opened again.
  await click(at('proof'));
  await until('proof', () => app.$(at('proof-test')));
  const before = await number(at('blocked'));
  await click(at('proof-test'));
  await until('doors', async () => (await app.$$(at('proof-door'))).length > 15, 60_000);
  await sleep(300);
  const doors = await app.$$eval(at('proof-door'), (nodes) => nodes.map((node) => [node.dataset.door, node.dataset.result, node.dataset.by]));
  const byPolicy = doors.filter((door) => door[2] === 'policy').length, byPage = doors.filter((door) => door[2] === 'page').length;
  check('each door is refused by the policy or removed beforehand', byPolicy + byPage === doors.length && byPolicy > 0 && byPage > 0, doors);
  check('the count is brought up to date', before === 0 && (await number(at('blocked'))) === byPolicy, [before, await number(at('blocked')), byPolicy]);
  const words = await app.$eval(at('dialog-proof'), (node) => node.textContent);
  check('and the sentence tells the two apart', words.includes(`refused ${byPolicy} by the policy`) && words.includes(`${byPage} were removed beforehand`));
  await page.keyboard.press('Escape');
  await until('closed', async () => !await app.$(at('dialog-proof')));
  await click(at('proof'));
  await until('proof', () => app.$(at('blocked')));
  check('it says the same when opened again, and no worry', (await number(at('blocked'))) === byPolicy && (await app.$eval('.proof__state', (node) => node.dataset.tone)) === 'good');
  await page.keyboard.press('Escape');

  // A narrow window: what stands above a view scrolls away with it, and nothing else scrolls sideways.
  await page.setViewport({ width: 390, height: 844 });
  await sleep(300);
  await show('guests');
  check('390: no sideways scroll', await app.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await app.$eval('.app__page', (node) => node.scrollTo(0, 400));
  check('390: the top bar scrolls away', await app.$eval('.top-bar', (node) => node.getBoundingClientRect().bottom < 0));
  check('quiet', said.filter((line) => !/Content.Security|violates|Refused|blocked|CSP|guestlens\.invalid/i.test(line)).length === 0, said.slice(0, 5));
});
