// Drives Chromium (CDP) and Firefox (WebDriver BiDi) with one API, and counts what holds.
//
//   import { each, open, shot, until } from './lib.mjs';
//   await each(async ({ browser, check, downloads }) => {
//     const { page, app, said } = await open(browser);
//     check('title', await page.title() === 'Guestlens');
//     check('quiet', said.length === 0, said);
//   });
//
// `node some.test.mjs firefox` runs it in one browser only. Files go to tests/e2e/out.
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import puppeteer from 'puppeteer-core';

const wanted = process.argv.slice(2).filter((word) => ['chromium', 'firefox'].includes(word));
export const BROWSERS = wanted.length ? wanted : ['chromium', 'firefox'];
export const DIST = new URL('../../dist/', import.meta.url);
export const PAGE = process.env.GUESTLENS_PAGE ?? new URL('guestlens.html', DIST).href;
export const OUT = new URL('out/', import.meta.url).pathname;
fs.mkdirSync(OUT, { recursive: true });

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again and again until the answer is truthy, and returns it. */
export async function until(what, ask, ms = 30_000) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
  }
  throw new Error('timed out: ' + what);
}

let failures = 0;
/** Notes one result; a failure does not stop the run. */
export function check(browser, what, ok, detail = '') {
  if (!ok) failures++;
  const more = detail === '' ? '' : ' | ' + (typeof detail === 'string' ? detail : JSON.stringify(detail));
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${browser}: ${what}${more}`);
}
export const note = (browser, text) => console.log(`note ${browser}: ${text}`);
/** Ends the program with the verdict. */
export const finish = () => process.exit(failures ? 1 : 0);

const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-component-update', '--disable-sync', // its own traffic off
];
// Firefox keeps puppeteer's profile, but with the shipping default for file: origins.
const FIREFOX_PREFS = { 'security.fileuri.strict_origin_policy': true };

/** Starts a browser whose home, and so whose download folder, is a fresh one. */
export async function launch(which, { args = [], prefs = {}, ...rest } = {}) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'guestlens-')), downloads = path.join(home, 'Downloads');
  fs.mkdirSync(downloads);
  const common = { env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home }, protocolTimeout: 120_000, ...rest };
  const browser = await puppeteer.launch(which === 'chromium'
    ? { browser: 'chrome', executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...CHROMIUM_ARGS, ...args], ...common }
    : { browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', args, extraPrefsFirefox: { ...FIREFOX_PREFS, ...prefs }, ...common });
  const end = async () => {
    await browser.close().catch(() => {});
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { which, browser, home, downloads, end, check: (...rest) => check(which, ...rest), note: (text) => note(which, text) };
}

/** Runs a test in every browser, one after the other, and ends the program. */
export async function each(test, options) {
  for (const which of BROWSERS) {
    const run = await launch(which, options);
    try { await test(run); } catch (error) { check(which, 'ran to its end', false, error.stack); }
    await run.end();
  }
  finish();
}

/** Opens the page and waits for the app in its frame. `said` collects what comes on the console. */
export async function open(browser, url = PAGE) {
  const page = await browser.newPage(), said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push('error: ' + error.message));
  await page.goto(url, { waitUntil: 'load' });
  return { page, app: await appOf(page), said };
}

/** The frame with the app, as soon as the app is in it. */
export const appOf = (page) => until('the app', async () => {
  for (const frame of page.frames().slice(1)) if (await frame.$('[data-testid=app]')) return frame;
});

export const text = (frame, selector) => frame.$eval(selector, (node) => node.textContent).catch(() => '');

/** The content of a downloaded file, once it is complete. */
export const downloaded = (folder, name) => until('download of ' + name, async () => {
  const file = path.join(folder, name);
  return !fs.readdirSync(folder).some((each) => /\.(crdownload|part)$/.test(each)) && fs.statSync(file).size > 0 && fs.readFileSync(file);
}, 10_000);

/** Drops files on the outer page: [{ name, text, type }]. */
export const drop = (page, files) => page.evaluate((files) => {
  const dataTransfer = new DataTransfer();
  for (const { name, text, type = '' } of files) dataTransfer.items.add(new File([text], name, { type }));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}, files);

/** A screenshot into tests/e2e/out. */
export async function shot(page, name, { width = 1440, height = 900, dark = false } = {}) {
  await page.setViewport({ width, height });
  // Firefox cannot emulate this by BiDi; there, the pref `ui.systemUsesDarkTheme` does it for a whole run.
  await page.emulateMediaFeatures?.([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]).catch(() => {});
  await sleep(200);
  await page.screenshot({ path: path.join(OUT, name + '.png') });
}

const axe = () => fs.readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
/** Runs axe in a realm of its own: it makes elements that the lockdown refuses in the app's. */
export async function audit(frame, rules = {}) {
  const realm = frame.isolatedRealm();
  await realm.evaluate(axe());
  return realm.evaluate(async (rules) => {
    const report = await axe.run(document, { preload: false, iframes: false, rules });
    return { bad: report.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(' ')}`), passes: report.passes.length };
  }, rules);
}
