// Fires every known way out from inside the SHIPPED file: in the app's own realm and in the engine's
// worker. Servers (HTTP, WebSocket, TCP, UDP, names) record what arrives: it must be nothing. The
// control is the same file without its protections and has to leak, vector by vector: a vector that
// is silent there proves nothing here.
import fs from 'node:fs'; import { pathToFileURL } from 'node:url'; import path from 'node:path';
import { BROWSERS, OUT, PAGE, appOf, check, finish, launch, note, open, sleep, until } from './lib.mjs';
import { listen, nameServer } from './listener.mjs';
import { enterNamespace } from './namespace.mjs';
import { NAVIGATIONS, inRealm, unprotected, withProbe } from './variants.mjs';

const named = enterNamespace(), listeners = new Map();
if (named) {
  // A name ends in the tag of its run, so every run hears only its own.
  await nameServer(named, (name) => { for (const [tag, listener] of listeners) if (name.endsWith(`-${tag}.leak.test`)) listener.note('dns', name); });
} else console.log('note: not root, so names are answered inside the browsers: name look-ups are NOT tested in this run');

const shipped = fs.readFileSync(new URL(PAGE), 'utf8');
// Firefox: switch on every speculative connection it knows, so that the control can leak.
const PREFS = {
  'network.dns.disablePrefetch': false, 'network.dns.disablePrefetchFromHTTPS': false, 'network.prefetch-next': true,
  'network.http.speculative-parallel-limit': 20, 'media.peerconnection.ice.loopback': true, 'browser.send_pings': true,
  'dom.disable_beforeunload': false, ...(named ? {} : { 'network.dns.forceResolve': '127.0.0.1' }),
};
const ARGS = { chromium: named ? [] : ['--host-resolver-rules=MAP *.leak.test 127.0.0.1'], firefox: [] };
const AT_ONCE = 6; // navigations tried side by side, each in a tab and for a name of its own

/** What arrived from one kind of page in one browser, and what the attempts themselves saw. */
async function attack(which, kind) {
  const tag = which[0] + kind[0], listener = await listen(), arrived = new Set(), said = {};
  const config = { base: 'http://127.0.0.1:' + listener.ports.port, ...listener.ports, tag };
  const variant = (name, html) => { const file = path.join(OUT, `${name}-${tag}.html`); fs.writeFileSync(file, html); return pathToFileURL(file).href; };
  const plain = kind === 'shipped' ? shipped : unprotected(shipped);
  const url = kind === 'shipped' ? PAGE : variant('control', plain), probed = variant('probed', withProbe(plain, config));
  const collect = () => { for (const hit of listener.take()) arrived.add(hit.replace(`/${tag}/`, '/')); };
  listeners.set(tag, listener);

  const run = await launch(which, { prefs: PREFS, args: ARGS[which], ignoreDefaultArgs: which === 'chromium' ? ['--disable-background-networking'] : [] });
  const { browser } = run;
  try {
    const worker = async () => {
      const { app } = await open(browser, probed);
      said.worker = await app.evaluate(() => new Promise((done) => {
        const engine = shell.newEngine();
        engine.onmessage = (event) => { if (!Array.isArray(event.data)) done(event.data); }; // the engine's own are arrays
        engine.onerror = (event) => done('error ' + event.message);
        engine.postMessage('probe');
      }));
    };
    const list = async (name, constant, after = () => {}) => {
      const { page, app } = await open(browser, url);
      said[name] = await app.evaluate(inRealm(config, `return attempt(${constant}, 700);`)).catch(String);
      await after(page, app);
    };
    const hover = async (page, app) => {
      const anchor = await app.$('#hover');
      if (!anchor) return;
      await page.bringToFront();
      await anchor.hover(); await sleep(500); await page.mouse.down(); await sleep(500);
    };
    await worker();
    await list('page', 'V');
    await list('bypass', 'BYPASS', hover);
    await sleep(2500);
    for (const name of ['worker', 'page', 'bypass']) check(which, `${kind}: all of ${name} ran`, Object.keys(Object(said[name])).length > 12 && typeof said[name] === 'object', typeof said[name] === 'string' ? said[name].slice(0, 200) : '');
    await closeAll(browser);
    said.navigation = {};
    for (let at = 0; at < NAVIGATIONS.length; at += AT_ONCE) {
      await Promise.all(NAVIGATIONS.slice(at, at + AT_ONCE).map((name) => navigate(name)));
      await closeAll(browser);
    }
    async function navigate(name) {
      const { page, app } = await open(browser, url);
      page.on('dialog', (dialog) => { setTimeout(() => dialog.dismiss().catch(() => {}), 300); }); // "leave?": Stay
      // Files are loaded, and puppeteer's evaluate() counts as the user's gesture.
      const start = `shell.setLoaded(true); return (await attempt({ x: () => { setTimeout(NAV.${name}, 20); } }, 300)).x;`;
      said.navigation[name] = await app.evaluate(inRealm(config, start)).catch((error) => 'driver: ' + error.message.slice(0, 60));
      await sleep(1500);
      if (kind === 'shipped' && !await Promise.race([appOf(page), sleep(1500)]).catch(() => null)) said.navigation[name] += ' (and the app was gone)';
    }
    if (kind === 'shipped' && which === 'chromium') { collect(); said.gap = await untouched(browser, url, tag, listener); }
  } catch (error) { check(which, kind, false, error.stack); }
  await run.end();
  await sleep(300);
  collect();
  listeners.delete(tag);
  listener.close();
  return { arrived: [...arrived].filter((hit) => !/favicon/.test(hit)).sort(), said };
}

async function closeAll(browser) {
  for (const page of (await browser.pages()).slice(1)) await page.close().catch(() => {});
}

/** The one gap known: a frame that nobody has touched yet may leave unasked. It goes by CDP, without a gesture. */
async function untouched(browser, url, tag, listener) {
  const page = await browser.newPage(), cdp = await page.createCDPSession();
  await page.goto(url);
  const frame = await until('frame', async () => page.frames()[1]);
  await sleep(1000);
  let contextId; // of the app's own realm
  cdp.on('Runtime.executionContextCreated', ({ context }) => { if (context.auxData.isDefault && context.auxData.frameId === frame._id) contextId = context.id; });
  await cdp.send('Runtime.enable');
  await sleep(300);
  const expression = `shell.setLoaded(true); setTimeout(() => { location.href = 'http://untouched-${tag}.leak.test/'; }, 20)`;
  await cdp.send('Runtime.evaluate', { contextId, userGesture: false, expression });
  await sleep(1500);
  return [...new Set(listener.take())];
}

/** Under which word an attempt shows in the control, where that is not its name. */
const TRACE = {
  webrtc: 'udp 20b', webtransport: 'udp 12', webrtcTurnTcp: 'tcp2 28b', webrtcDns: 'dns webrtc-', webrtcViaIframe: 'dns rtciframe-', srcdocIframe: 'srcdocimg',
  javascriptUrlIframe: 'jsurliframe', lnkPreconnect: 'tcp2 conn', lnkPreconnectDns: 'dns preconnect-', anchorHover: 'bp-anchor',
};

await Promise.all(BROWSERS.map(async (which) => {
  const start = performance.now();
  const control = await attack(which, 'control'), real = await attack(which, 'shipped');
  const heard = control.arrived.join('\n').toLowerCase(), attempts = { ...real.said.page, ...real.said.bypass };
  const all = [...Object.keys(Object(real.said.worker)).map((name) => 'w-' + name), ...Object.keys(attempts), ...NAVIGATIONS.map((name) => 'nav-' + name)];
  const silent = all.filter((name) => !heard.includes(TRACE[name] ?? name.toLowerCase()));
  const gone = Object.keys(Object(real.said.navigation)).filter((name) => /gone/.test(real.said.navigation[name]));
  fs.writeFileSync(path.join(OUT, `egress-${which}.json`), JSON.stringify({ control, shipped: real, silent }, null, 1));
  check(which, 'the control leaks', control.arrived.length > (named ? 120 : 60), `${control.arrived.length} kinds of arrival from ${all.length} attempts`);
  note(which, `silent in the control too, so not proven: ${silent.join(' ')}`);
  note(which, `the app was lost after: ${gone.join(' ') || 'none'}`);
  if (real.said.gap) note(which, `self-navigation of a frame nobody has touched: ${real.said.gap.join(', ') || 'nothing'}`);
  note(which, `${Math.round((performance.now() - start) / 1000)} s`);
  check(which, 'nothing arrives from the shipped file', real.arrived.length === 0, real.arrived);
}));
finish();
