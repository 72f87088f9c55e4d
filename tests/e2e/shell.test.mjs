// What the two pages do for each other: saving, dropping, printing, and the benchmark's hooks. All by
// their messages, so that it holds for whatever app is inside.
import fs from 'node:fs'; import path from 'node:path';
import { DIST, PAGE, appOf, each, downloaded, open, text, until } from './lib.mjs';

const listen = (app) => app.evaluate(() => { globalThis.told = []; addEventListener('message', (event) => told.push(event.data)); });
const told = (app, op) => until(op, () => app.evaluate((op) => told.findLast((message) => message[0] === op), op), 5000).catch(() => undefined);
/** Names and texts of the files that the app was told of last. */
const files = (app) => until('files', () => app.evaluate(async () => {
  const message = told.findLast((message) => message[0] === 'files');
  return message && Object.fromEntries(await Promise.all(message[1].map(async (file) => [file.name, await file.text()])));
}), 5000).catch(() => ({}));

await each(async ({ which, browser, home, downloads, check }) => {
  const { page, app, said } = await open(browser);
  await listen(app);

  // Saving. The name is only a name, and the type is the outer page's business.
  const save = (name) => app.evaluate((name) => parent.postMessage(['save', name, new Blob(['id,', 'name\n'], { type: 'text/html' })], '*'), name);
  await save('guests.csv');
  check('the outer page saves a file', (await downloaded(downloads, 'guests.csv').catch(String)).toString() === 'id,name\n');
  await app.click('h1'); // Chromium asks before a second download that follows no click
  await save('../.. /<b>:re port.html');
  const name = await until('file', async () => fs.readdirSync(downloads).find((each) => each.endsWith('.html')), 5000).catch(() => '');
  check('a strange name is made harmless', /^\w[\w .-]*re port\.html$/.test(name), name || fs.readdirSync(home, { recursive: true }).filter((each) => /html|csv/.test(each)));

  // Dropping on the frame itself, which is what happens when the drop zone is too slow.
  await app.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['in the frame'], 'frame.json'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  check('a drop on the frame reaches the app', (await files(app))['frame.json'] === 'in the frame');

  // A real drag of a file and a folder. Only Chromium can be made to do it.
  if (which === 'chromium') {
    const folder = path.join(home, 'folder');
    fs.mkdirSync(path.join(folder, 'below'), { recursive: true });
    for (const [file, text] of [['top.csv', 'top'], ['folder/a.csv', 'a'], ['folder/below/b.csv', 'b']]) fs.writeFileSync(path.join(home, file), text);
    const cdp = await page.createCDPSession(), data = { items: [], files: [path.join(home, 'top.csv'), folder], dragOperationsMask: 1 };
    await app.evaluate(() => { told.length = 0; });
    const drag = (type) => cdp.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    await drag('dragEnter');
    check('a drag over the frame raises the drop zone', await until('zone', () => page.$eval('#drop', (node) => !node.hidden), 3000).catch(() => false));
    for (const type of ['dragOver', 'drop']) await drag(type);
    const found = await files(app);
    check('a dropped folder is walked', JSON.stringify(Object.entries(found).sort()) === '[["a.csv","a"],["b.csv","b"],["top.csv","top"]]', found);
    check('the drop zone goes', await page.$eval('#drop', (node) => node.hidden));
  }

  // Printing belongs to the frame. Without a person, the browser's dialog would stop everything.
  await app.evaluate(() => { window.print = () => {}; });
  await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, cancelable: true })));
  check('Ctrl+P in the outer page is told to the app', Boolean(await told(app, 'print')));
  if (which === 'chromium') {
    await page.emulateMediaType('print');
    check('the outer page on paper says how to print instead of cutting the view off', await page.evaluate(() =>
      getComputedStyle(document.getElementById('sheet')).display === 'block' && getComputedStyle(document.getElementById('app')).visibility === 'hidden'));
    await page.emulateMediaType(null);
  }
  check('nothing on the console', said.length === 0, said.slice(0, 5));

  // Refused attempts are counted, where the app can show the number.
  await app.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}));
  check('a refused attempt is counted', await until('count', () => app.evaluate(() => JSON.parse(shell.blocked()).length === 1), 3000).catch(() => false));

  // A panic of the page's own instance, as the browser reports it.
  await app.evaluate(() => { dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })); });
  check('after a panic nothing is left but a message', /stopped/.test(await text(app, '[role=alert]')) && await app.$('[data-testid=app]') === null);
  await page.close();

  // Whoever is quicker than the app: what is dropped while the page starts is read as soon as it can be.
  const quick = await browser.newPage();
  await quick.evaluateOnNewDocument(() => {
    if (window !== top) return;
    addEventListener('DOMContentLoaded', () => {
      const dataTransfer = new DataTransfer();
      const record = { activityDisplayName: 'Add user', activityDateTime: '2026-06-01T08:30:15Z', loggedByService: 'Core Directory', category: 'UserManagement', correlationId: 'c', result: 'success', initiatedBy: {}, targetResources: [], additionalDetails: [] };
      dataTransfer.items.add(new File([JSON.stringify([record])], 'early.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
  });
  await quick.goto(PAGE);
  const started = await appOf(quick);
  check('a drop before the app is there is not lost', await until('the event', () => started.$eval('[data-testid=count-total]', (node) => node.dataset.value === '1'), 10_000).catch(() => false));
  await quick.close();

  // The benchmark page: the hooks ask the app, and hand on what it answers.
  const bench = new URL('bench.html', DIST);
  if (fs.existsSync(bench)) {
    const { page } = await open(browser, bench.href);
    check('bench: the hooks are there', await page.evaluate(() => typeof __load === 'function' && typeof __query === 'function') && await page.$('input[type=file]') !== null);
    check('bench: the app says when it is ready', await until('ready', () => page.evaluate(() => window.__ready === true), 10_000).catch(() => false));
    await page.close();
  }
});
