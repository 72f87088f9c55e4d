// How long an interactive Auditor report takes, and how much memory, against loading the file it is made of: in
// Chromium, from a click to what the page says. Not a test, as it measures the machine, too.
//
//   node share-speed.mjs <file.csv> [rounds=3] [form=interactive]
//
// Times are milliseconds; memory is that of the process that shows the page, MB: at rest after loading, and at most
// while the report is written and read again (its high-water mark, which Linux lets one set back).
import fs from 'node:fs'; import path from 'node:path';
import { launch, open, sleep, until } from './lib.mjs';

const word = (name, other) => process.argv.find((word) => word.startsWith(name + '='))?.split('=')[1] ?? other;
const file = path.resolve(process.argv[2] ?? ''), rounds = Number(word('rounds', 3)), form = word('form', 'interactive');
const bytes = fs.statSync(file).size, at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
const memory = (pid, name) => Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;

for (let round = 0; round < rounds; round++) {
  const run = await launch('chromium', { protocolTimeout: 600_000 });
  const { page, app } = await open(run.browser);
  const cdp = await run.browser.target().createCDPSession();
  // The renderer of the page is the one that uses most.
  const renderer = async () => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.filter((each) => each.type === 'renderer').map((each) => each.id).sort((a, b) => memory(b, 'VmRSS') - memory(a, 'VmRSS'))[0];
  };
  const input = await app.$(at('file-input'));
  const loading = Date.now();
  await input.uploadFile(file);
  await until('loaded', () => app.$(at('app', '[data-state="ready"]')), 300_000);
  const load = Date.now() - loading;
  // Its hash is computed behind the load, and some views are worked out ahead.
  await sleep(8000);
  const pid = await renderer(), rest = memory(pid, 'VmRSS');
  const hits = () => app.$eval(at('share-verdict'), (node) => node.dataset.hits).catch(() => undefined);
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
  // The dialog opens with a page without script.
  await app.$eval(at('share'), (node) => node.click());
  await until('the first report', async () => (await hits()) === '0', 120_000);
  const parts = {}, start = Date.now();
  await app.$eval(at('share-form', `[data-form=${form}]`), (node) => node.click());
  await until('verified', async () => {
    const now = await app.evaluate(`document.querySelector('[data-testid=share-progress] span')?.textContent ?? document.querySelector('[data-testid=share-verdict]')?.dataset.hits`);
    parts[now] ??= Date.now() - start;
    return now === '0' && Object.keys(parts).length > 1;
  }, 300_000);
  const share = Date.now() - start, most = memory(pid, 'VmHWM');
  const verdict = await hits(), size = await app.$eval(at('download'), (node) => node.textContent);
  console.log(JSON.stringify({ load, share, ratio: +(share / load).toFixed(2), rest: Math.round(rest), most: Math.round(most), memory: +(most / rest).toFixed(2), hits: verdict, size, bytes, parts }));
  await run.end();
}
