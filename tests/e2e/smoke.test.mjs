// The page as a user gets it: a file that is opened by a double click.
import { audit, drop, each, open, shot, sleep, text, until } from './lib.mjs';

// Of the outer page: both are in the frame.
const IN_THE_FRAME = { 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } };

await each(async ({ which, browser, check }) => {
  const start = performance.now();
  const { page, app, said } = await open(browser);
  check('the app is there', true, `${Math.round(performance.now() - start)} ms`);
  check('title', await page.title() === 'Guestlens');
  check('the frame is named app', app.name?.() === 'app' || await page.$eval('iframe', (node) => node.name) === 'app');
  check('the app has the focus', await until('focus', () => page.evaluate(() => document.activeElement?.id === 'app')).catch(() => false));
  check('the app starts empty', await app.$eval('[data-testid=app]', (node) => node.dataset.state) === 'empty');
  check('one main heading', (await app.$$('h1')).length === 1, await text(app, 'h1'));

  const shell = await app.evaluate(() => ({
    frozen: Object.isFrozen(shell) && !Object.getOwnPropertyDescriptor(globalThis, 'shell').configurable,
    names: Object.keys(shell).join(), blocked: JSON.parse(shell.blocked()).length, policy: shell.policy().includes("connect-src 'none'"),
  }));
  check('the shell object', shell.frozen && shell.policy && shell.names === 'newEngine,setLoaded,blocked,policy,tryDoors', shell);
  check('nothing was refused', shell.blocked === 0);
  check('an engine can be made', await app.evaluate(() => { const engine = shell.newEngine(); engine.terminate(); return engine instanceof Worker; }));

  // The address: set and pushed by the app, told to the app, and never anything else.
  const say = (...message) => app.evaluate((message) => parent.postMessage(message, '*'), message);
  const hash = (want) => until('address ' + want, () => page.evaluate((want) => location.hash === want, want), 3000).then(() => true, () => false);
  const length = await page.evaluate(() => history.length);
  await say('hash', '#view=one');
  check('the app can set the address', await hash('#view=one') && await page.evaluate(() => history.length) === length);
  await app.evaluate(() => { globalThis.told = []; addEventListener('message', (event) => told.push(event.data)); });
  await say('hash', '#view=two', 'push');
  check('the app can push an address', await hash('#view=two') && await page.evaluate(() => history.length) === length + 1);
  await page.evaluate(() => history.back());
  check('back is told to the app once', await hash('#view=one') && await until('told', () => app.evaluate(() => told.length), 3000).catch(() => 0)
    && await app.evaluate(() => JSON.stringify(told)) === '[["hash","#view=one"]]', await app.evaluate(() => told));
  for (const bad of ['#<b>', 'https://x.test/', '#' + 'x'.repeat(4001), '#a/b', '#a"b']) await say('hash', bad);
  await sleep(300);
  check('a strange address is not taken', await hash('#view=one'));

  // Files reach the app.
  await app.evaluate(() => { told.length = 0; });
  await drop(page, [{ name: 'a.txt', text: 'a' }, { name: 'b.txt', text: 'b' }]);
  check('a drop reaches the app', await until('files', () => app.evaluate(() => told[0]?.[0] === 'files' && told[0][1].map((file) => file.name).join() === 'a.txt,b.txt')).catch(() => false));
  check('the drop zone shows while something is dragged', await say('drag').then(() => until('zone', () => page.$eval('#drop', (node) => !node.hidden), 3000)).catch(() => false));
  for (const dark of [false, true]) await shot(page, `${which}-drop-zone-${dark ? 'dark' : 'light'}`, { dark });
  const zone = await audit(page.mainFrame(), IN_THE_FRAME);
  check('axe, drop zone', zone.bad.length === 0, zone);
  await page.$eval('#drop', (node) => { node.hidden = true; });

  const inner = await audit(app), outer = await audit(page.mainFrame(), IN_THE_FRAME);
  check('axe, app', inner.bad.length === 0, inner);
  check('axe, outer page', outer.bad.length === 0, outer);
  check('nothing on the console', said.length === 0, said.slice(0, 5));
  await page.close();

  // Only a page with files in it asks before it goes.
  for (const loaded of [false, true]) {
    const { page, app } = await open(browser);
    let asked = false;
    page.on('dialog', (dialog) => { asked = true; dialog.accept().catch(() => {}); });
    await app.evaluate((loaded) => shell.setLoaded(loaded), loaded);
    await app.click('h1'); // without a gesture no browser asks
    await page.evaluate(() => { setTimeout(() => location.reload(), 50); });
    await sleep(1500);
    check(loaded ? 'leaving asks while files are loaded' : 'leaving asks nothing while no file is loaded', asked === loaded);
  }
}, { prefs: { 'dom.disable_beforeunload': false } }); // puppeteer switches the question off
