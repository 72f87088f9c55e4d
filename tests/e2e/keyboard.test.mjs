// The keyboard alone: the focus is never lost, whatever opens, closes or moves; keys do what the list says.
import { each, open, sleep, until } from './lib.mjs';

await each(async ({ browser, check }) => {
  const { page, app, said } = await open(browser);
  const at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
  const settled = async () => {
    await sleep(150);
    await until('an answer', async () => (await app.$eval('.count', (node) => node.getAttribute('aria-busy'))) === 'false');
    await sleep(250);
  };
  const focus = () => app.evaluate(() => {
    const node = document.activeElement, line = node?.closest?.('[data-index],[data-place]');
    return { tag: node?.tagName, id: node?.dataset?.testid ?? '', value: node?.dataset?.value ?? '', main: node?.id === 'main', index: line?.dataset.index ?? line?.dataset.place ?? '' };
  });
  const put = (selector, nth = 0) => app.evaluate((selector, nth) => document.querySelectorAll(selector)[nth].focus(), selector, nth);
  const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); await sleep(120); } };
  const keys = async (...keys) => { await press(...keys); await settled(); };
  const shown = (view) => until(view, () => app.$(`.app[data-view="${view}"]`));

  await page.setViewport({ width: 1440, height: 900 });
  await page.bringToFront();
  await put(at('sample-data'));
  await press('Enter');
  await until('ready', async () => (await app.$eval(at('app'), (node) => node.dataset.state)) === 'ready', 60_000);
  await settled();
  check('loading leaves the focus in the view', (await focus()).tag !== 'BODY', await focus());

  await keys('g', 'e');
  await shown('events');
  check('g e puts the focus into the view', (await focus()).main, await focus());
  let tabs = 0;
  const inTable = () => app.evaluate(() => Boolean(document.activeElement.closest('.event-table__body')));
  for (; tabs < 20 && !await inTable(); tabs++) await page.keyboard.press('Tab');
  check('the table is a few Tabs away', tabs < 15 && await inTable(), tabs);
  await put('.skip');
  for (tabs = 0; tabs < 200 && !await inTable(); tabs++) await page.keyboard.press('Tab');
  check('a filter is one stop, not one per value', tabs < 110, tabs);

  for (const width of [1440, 1920]) {
    await page.setViewport({ width, height: 900 });
    await settled();
    await put('.event-table__body [data-column="0"]');
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await until('details', () => app.$(at('event-details')));
    await settled();
    check(`${width}: Enter opens the details and keeps the focus on the line`, (await focus()).index === '2', await focus());
    await press('ArrowDown');
    check(`${width}: the arrow goes on from there`, (await focus()).index === '3', await focus());
    await press('Escape');
    await settled();
    check(`${width}: Esc closes them and keeps the focus`, !await app.$(at('event-details')) && (await focus()).index === '3', await focus());
    await press('Enter');
    await until('details', () => app.$(at('event-details')));
    await settled();
    await put(`.drawer button[aria-label="Close the details"]`);
    await press('Enter');
    await settled();
    check(`${width}: closing from inside gives the focus back to the line`, (await focus()).index === '3', await focus());

    const facet = at('facet', '[data-field="activity"]');
    const value = await app.$$eval(`${facet} ${at('facet-value')}`, (nodes) => nodes[2].dataset.value);
    await put(`${facet} ${at('facet-value')}`, 2);
    await keys(' ');
    let now = await focus();
    check(`${width}: a value chosen with Space keeps the focus`, now.id === 'facet-value' && now.value === value, now);
    await press('ArrowDown');
    const next = await focus();
    await keys(' ');
    now = await focus();
    check(`${width}: the second value, too`, now.id === 'facet-value' && now.value === next.value && next.value !== value, [next, now]);
    await press('ArrowRight');
    check(`${width}: the arrow leads to its exclude button`, (await focus()).id === 'facet-exclude', await focus());
    await keys('Enter');
    check(`${width}: excluding keeps the focus`, (await focus()).id === 'facet-exclude', await focus());
    await keys('u', 'u', 'u');
    check(`${width}: undo keeps the focus`, (await focus()).tag !== 'BODY', await focus());
  }

  await page.setViewport({ width: 1440, height: 900 });
  await keys('g', 'r');
  await shown('requests');
  check('g r shows the requests', (await focus()).main, await focus());
  await press('s');
  check('s opens Share', Boolean(await until('share', () => app.$(at('dialog-share')), 5_000).catch(() => null)));
  await press('Escape');
  await sleep(300);
  check('Esc closes it and gives the focus back', !await app.$(at('dialog-share')) && (await focus()).main, await focus());
  await keys('g', 'u');
  await put('.data-table__body [data-cell="0"]');
  await press('ArrowDown', 'Enter');
  await until('the guest', () => app.$(at('opened')));
  await settled();
  check('a guest opens and the focus stays on the line', (await focus()).index === '1', await focus());
  await put('.drawer button[aria-label="Close the details (Esc)"], .drawer button[aria-label="Close the details"]');
  await press('Enter');
  await settled();
  check('closing it gives the focus back', (await focus()).index === '1', await focus());
  await press('?');
  await until('keys', () => app.$(at('dialog-keys')));
  const list = await app.$eval(at('dialog-keys'), (node) => node.textContent);
  check('the list names s and g r', /Share/.test(list) && /g then r/.test(list));
  await press('Escape');
  check('quiet', said.length === 0, said);
});
