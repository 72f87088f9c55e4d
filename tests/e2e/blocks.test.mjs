// Charts and tables under a hand: the brush, a long table by wheel and keyboard, the drawer, groups.
import { audit, downloaded, drop, each, open, sleep, until } from './lib.mjs';

const DAY = 86_400_000, COUNT = 3_000;
const event = (at) => ({
  id: `Directory_${at}`, category: at % 3 ? 'UserManagement' : 'GroupManagement', correlationId: `c-${at}`,
  result: at % 10 ? 'success' : 'failure', resultReason: '', activityDisplayName: at % 3 ? 'Update user' : 'Add member to group',
  activityDateTime: new Date(Date.UTC(2026, 4, 1) + at * (30 * DAY / COUNT)).toISOString(), loggedByService: 'Core Directory',
  operationType: 'Update', userAgent: null,
  initiatedBy: { user: { id: `u-${at % 50}`, displayName: null, userPrincipalName: `user${at % 50}@contoso.example`, ipAddress: '203.0.113.7' }, app: null },
  targetResources: [{ id: `t-${at}`, displayName: `Target ${at}`, type: 'User', userPrincipalName: `target${at}@contoso.example`, groupType: null,
    modifiedProperties: [{ displayName: 'Department', oldValue: '"Sales"', newValue: '"Legal"' }] }],
  additionalDetails: [],
});

await each(async ({ browser, check, downloads }) => {
  const { page, app, said } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  await drop(page, [{ name: 'audit.json', text: JSON.stringify(Array.from({ length: COUNT }, (_, at) => event(at))) }]);
  await until('ready', () => app.$eval('[data-testid=app]', (node) => node.dataset.state === 'ready'));
  const view = async (name) => { await app.$eval(`[data-view=${name}][data-testid=view-tab]`, (node) => node.click()); await sleep(300); };
  const matching = () => app.$eval('[data-testid=event-table]', (node) => Number(node.dataset.matching));

  // The brush.
  await view('events');
  await until('lines', () => app.$('[data-testid=event][data-index="0"] [data-field=activity]'));
  const brush = await app.$('.time-histogram__brush');
  const box = await brush.boundingBox();
  const y = box.y + 20;
  const drag = async (from, to) => {
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
    await page.mouse.up();
    await sleep(400);
  };
  await drag(0.2, 0.5);
  const half = await matching();
  check('a drag on the histogram chooses a window', half > COUNT * 0.2 && half < COUNT * 0.5, half);
  await drag(0.35, 0.55);
  const moved = await matching();
  check('a drag inside the window moves it', Math.abs(moved - half) <= 110 && (await app.$('.time-histogram__window')) !== null, moved);
  await page.keyboard.press('Escape');
  await sleep(400);
  check('Esc clears it', await matching() === COUNT, await matching());
  await brush.focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.keyboard.down('Shift'); await page.keyboard.press('ArrowRight'); await page.keyboard.up('Shift');
  await page.keyboard.press('Enter');
  await sleep(400);
  check('keys choose a window', await matching() < COUNT / 4, await matching());
  check('the brush says where it is', /events?, .*window/.test(await brush.evaluate((node) => node.ariaValueText ?? node.getAttribute('aria-valuetext'))));
  await app.$eval('.time-histogram__clear', (node) => node.click());
  await sleep(400);
  check('the button clears it', await matching() === COUNT);

  // The table.
  const lines = () => app.$$eval('[data-testid=event]', (nodes) => nodes.map((node) => Number(node.dataset.index)));
  const active = () => app.evaluate(() => document.activeElement?.closest('[data-index]')?.dataset.index);
  await app.$eval('[data-testid=event][data-index="0"] [data-field=activity]', (node) => node.focus());
  for (const key of ['ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp']) { await page.keyboard.press(key); await sleep(60); }
  check('keys move the active line', Number(await active()) > 10, await active());
  await page.keyboard.press('End');
  await until('the last line', async () => await active() === String(COUNT - 1), 3_000).catch(() => {});
  check('End goes to the last line', await active() === String(COUNT - 1), await active());
  await until('its values', () => app.$(`[data-testid=event][data-index="${COUNT - 1}"] [data-field=activity][data-value]`), 3_000).catch(() => {});
  check('few lines are in the document', (await lines()).length < 70, (await lines()).length);
  await page.keyboard.press('Enter');
  await until('details', () => app.$('[data-testid=event-details]'), 3_000).catch(() => {});
  check('Enter opens the event', await app.$eval('[data-testid=event-details]', (node) => node.dataset.index).catch(() => '') === String(COUNT - 1));
  check('old and new value stand side by side', await app.$$eval('.detail__side', (nodes) => nodes.map((node) => node.textContent).join('|')).then((text) => /Sales.*\|.*Legal/.test(text)));
  const bad = await audit(app);
  check('axe, table and details', bad.bad.length === 0, bad.bad);
  await page.keyboard.press('Escape');
  await app.$eval('.event-table__scroller', (node) => { node.scrollTop = 32 * 1000; });
  await until('line 1000', () => app.$('[data-testid=event][data-index="1000"] [data-field=activity][data-value]'), 3_000).catch(() => {});
  check('scrolling fetches lines', (await lines()).includes(1000), (await lines()).slice(0, 3));
  const width = () => app.$eval('.event-table__heading[data-field=activity]', (node) => node.getBoundingClientRect().width);
  const before = await width();
  await app.$eval('.event-table__heading[data-field=activity] button', (node) => node.focus());
  await page.keyboard.down('Shift'); await page.keyboard.press('ArrowLeft'); await page.keyboard.up('Shift');
  await sleep(200);
  check('keys resize a column', await width() < before, [before, await width()]);
  await app.$eval('.event-table__heading[data-field=activity] button', (node) => node.click());
  await sleep(400);
  check('a heading sorts, from the first line', (await lines())[0] === 0 && await app.$eval('.event-table__heading[data-field=activity]', (node) => node.ariaSort ?? node.getAttribute('aria-sort')) === 'ascending');
  await app.$eval('.column-chooser__button', (node) => node.click());
  await sleep(200);
  const menu = await audit(app);
  check('axe, column chooser', menu.bad.length === 0, menu.bad);
  await app.$$eval('.column-chooser__line', (nodes) => nodes.find((node) => node.textContent.startsWith('Activity')).querySelector('input').click());
  await sleep(300);
  check('the chooser takes a column away', await app.$('.event-table__heading[data-field=activity]') === null);

  // Charts.
  await view('overview');
  check('charts are as wide as their place', await app.$eval('.time-chart__bars', (node) => Math.abs(node.clientWidth - node.firstElementChild.clientWidth) < 2));
  await app.$eval('.time-chart__bars', (node) => node.focus());
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await sleep(100);
  check('keys read the bars', /events, .*Success/.test(await app.$eval('.time-chart__readout', (node) => node.textContent)), await app.$eval('.time-chart__readout', (node) => node.textContent));
  const map = await app.$('.heatmap [tabindex="0"]');
  await map.focus();
  await page.keyboard.press('ArrowDown');
  await sleep(100);
  check('keys read the heat map', /Tuesday/.test(await app.evaluate(() => document.activeElement.getAttribute('aria-label'))), await app.evaluate(() => document.activeElement.getAttribute('aria-label')));
  for (const [name, mime] of [['svg', '<svg'], ['png', 'PNG']]) {
    await (await app.$(`[data-chart=events-over-time] .chart__tool[aria-label$="${name.toUpperCase()}"]`)).click();
    const file = await downloaded(downloads, `guestlens-events-over-time.${name}`).catch(() => Buffer.alloc(0));
    check(`a chart is saved as ${name}`, file.subarray(0, 9).toString('latin1').includes(mime), file.length);
  }
  await app.$$eval('[data-testid=chart] .chart__tool[aria-label^="Show as table"]', (nodes) => nodes.forEach((node) => node.click()));
  await sleep(200);
  const tables = await audit(app);
  check('axe, charts as tables', tables.bad.length === 0, tables.bad);
  check('tables say the same', await app.$$eval('.chart-table', (nodes) => nodes.length > 2 && nodes.every((node) => node.caption)));

  // Groups.
  await view('groups');
  await until('groups', () => app.$('[data-testid=group-value]'));
  await (await app.$('[data-testid=group-by]')).select('category');
  await sleep(500);
  const groups = await app.$$eval('[data-testid=group-value]', (nodes) => nodes.map((node) => `${node.dataset.value} ${node.dataset.count}`));
  check('groups count', groups.join() === 'UserManagement 2000,GroupManagement 1000', groups);
  await (await app.$('.groups__save')).click();
  const csv = (await downloaded(downloads, 'guestlens-by-category.csv').catch(() => '')).toString();
  check('groups are saved as CSV', csv.includes('"UserManagement","2000"'), csv.slice(0, 80));
  const grouped = await audit(app);
  check('axe, groups', grouped.bad.length === 0, grouped.bad);
  await app.$eval('[data-testid=group-value] button', (node) => node.click());
  await sleep(500);
  check('a group leads to its events', await matching().catch(() => 0) === 2000);
  check('nothing on the console', said.length === 0, said.slice(0, 5));
});
