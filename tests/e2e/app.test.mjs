// Uses the app as a reader does: open, search, filter, go back, export, lose the engine, cancel.
import fs from 'node:fs'; import path from 'node:path';
import { audit, downloaded, drop, each, open, sleep, until } from './lib.mjs';

const record = (at, more = {}) => ({
  id: `record-${at}`, category: at % 2 ? 'UserManagement' : 'GroupManagement', correlationId: `c-${at}`, result: at % 5 ? 'success' : 'failure',
  activityDisplayName: at % 2 ? 'Invite external user' : 'Add member to group', activityDateTime: new Date(Date.UTC(2026, 5, 1, at)).toISOString(),
  loggedByService: 'Core Directory', operationType: 'Add',
  initiatedBy: { user: { id: `u-${at % 3}`, userPrincipalName: `person${at % 3}@contoso.com` } },
  targetResources: [{ id: `t-${at}`, type: 'User', displayName: `Guest ${at}\u202e`, userPrincipalName: `guest${at}_fabrikam.com#EXT#@contoso.com` }], ...more,
});
const json = (count, from = 0) => JSON.stringify({ value: Array.from({ length: count }, (_, at) => record(from + at)) });

await each(async ({ which, browser, check, downloads }) => {
  const { page, app, said } = await open(browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid=${id}]${rest}`;
  const click = (selector) => app.$eval(selector, (node) => node.click());
  const number = (id) => app.$eval(at(id), (node) => Number(node.dataset.value)).catch(() => -1);
  const state = () => app.$eval(at('app'), (node) => node.dataset.state);
  const is = (what) => until(what, async () => (await state()) === what);
  const count = (want) => until(`${want} matching`, async () => (await number('count-matching')) === want);
  const hash = () => page.evaluate(() => location.hash);

  check('starts empty', (await state()) === 'empty');
  check('start page: axe', (await audit(app)).bad.length === 0, (await audit(app)).bad);
  await drop(page, [{ name: 'one.json', text: json(60) }]);
  await is('ready');
  check('reads all events', (await number('count-total')) === 60);

  await click(at('view-tab', '[data-view=events]'));
  await until('hash', async () => (await hash()).startsWith('#view=events'));
  await app.type(at('search'), 'person1');
  await count(20);
  check('a search text stays out of the address', !(await hash()).includes('person'), await hash());
  await click(at('undo'));
  await count(60);

  await click(at('facet', '[data-field=result]') + ' ' + at('facet-value', '[data-value=failure]'));
  await count(12);
  check('a public value is in the address', (await hash()).includes('result=failure'), await hash());
  await click(at('facet', '[data-field=service]') + ' ' + at('facet-exclude', '[data-value="Core Directory"]'));
  await count(0);
  check('two chips', (await app.$$(at('filter-chip'))).length === 2);
  await page.goBack();
  await count(12);
  check('back leads back', (await app.$$(at('filter-chip'))).length === 1);
  await click(at('clear-filters'));
  await count(60);

  // Keys: focus a value, exclude it, undo; go to groups.
  await app.focus(at('facet', '[data-field=category]') + ' ' + at('facet-value', '[data-value=UserManagement]'));
  await page.keyboard.press('x');
  await count(30);
  await page.keyboard.press('u');
  await count(60);
  await page.keyboard.press('g'); await page.keyboard.press('g');
  await until('groups', async () => (await app.$eval(at('app'), (node) => node.dataset.view)) === 'groups');
  await page.keyboard.press('?');
  await app.waitForSelector(at('dialog-keys'));
  await page.keyboard.press('Escape');
  await until('no dialog', async () => !(await app.$(at('dialog-keys'))));
  await page.keyboard.press('/');
  check('/ focuses the search', await app.$eval(at('search'), (node) => node === document.activeElement));
  await page.keyboard.press('Escape');

  // Details of an event, with what would deceive written out.
  await click(at('view-tab', '[data-view=events]'));
  await until('table', async () => (await app.$$('tbody tr')).length > 3);
  await app.$$eval('tbody tr', (nodes) => nodes[1].click());
  await until('drawer', async () => (await app.$eval('.drawer', (node) => node.textContent)).includes('U+202E'));
  check('no message about a crash', (await app.$$(at('alert'))).length === 0);
  await page.keyboard.press('Escape');

  for (const [format, ending] of [['csv', 'csv'], ['json', 'json'], ['json-lines', 'jsonl']]) {
    await app.click(at('export-menu')); // as a hand does: browsers stop further downloads that no hand has asked for
    await app.click(at('export', `[data-format=${format}]`));
    const bytes = await downloaded(downloads, `guestlens 60 events.${ending}`);
    check(`exports ${format}`, bytes.includes('record-59'), bytes.length);
  }

  // A worker that stops: the page lives, tells, and reads the files again.
  // Only Chromium lets a test into a worker.
  const [worker] = which === 'chromium' ? page.workers() : [];
  if (worker) {
    await worker.evaluate(() => { setTimeout(() => { throw new Error('unreachable'); }); });
    await app.waitForSelector(at('alert'));
    await is('ready');
    check('reads again after a crash', (await number('count-total')) === 60, await app.$eval(at('alert'), (node) => node.textContent));
    await click(at('alert') + ' button[aria-label^=Dismiss]');
  }

  await drop(page, [{ name: 'broken.json', text: 'what is this' }, { name: 'two.json', text: json(10, 100) }]);
  await until('seventy', async () => (await number('count-total')) === 70);
  await app.waitForSelector(at('alert'));
  check('names the file that failed', (await app.$eval(at('alert'), (node) => node.textContent)).includes('broken.json'));
  await click(at('view-tab', '[data-view=sources]'));
  await until('sources', async () => (await app.$$(at('source'))).length === 3);
  await app.$$eval(at('remove-source'), (nodes) => nodes[0].click());
  await until('ten left', async () => (await number('count-total')) === 10);
  check('sources: axe', (await audit(app)).bad.length === 0, (await audit(app)).bad);
  await click(at('clear-all'));
  await is('empty');

  await drop(page, [{ name: 'broken.json', text: 'what is this' }]);
  await is('failed');
  check('nothing on the console', said.length === 0, said);
});
