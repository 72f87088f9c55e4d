// Findings on the worked case: who is suspicious, on which evidence; tuning, marks in the session file, Sigma, files.
import { AUDIT, files } from './case.mjs';
import { audit, downloaded, drop, each, open, until } from './lib.mjs';
import { App } from './use.mjs';

const SIGMA = `title: Review deleted
id: 11111111-2222-4333-8444-555555555555
logsource:
  product: azure
  service: auditlogs
detection:
  selection:
    properties.message: Delete access review
  condition: selection
level: high
---
title: Not supported
id: 22222222-2222-4333-8444-555555555555
logsource:
  product: azure
  service: auditlogs
detection:
  selection:
    properties.message|re: '^Delete'
  condition: selection
level: low
`;
const wanted = files(AUDIT);

await each(async ({ browser, check, downloads }) => {
  const { page, app: frame, said } = await open(browser);
  const app = new App(page, frame);
  await page.setViewport({ width: 1440, height: 900 });
  const of = (more) => app.values('finding', ['rule', 'level', 'subject', 'expected'], more);
  const rules = async (subject) => (await of(`[data-subject="${subject}"]`)).map(({ rule }) => rule).sort().join();
  const looked = () => until('every rule has looked', async () => (await of()).length > 0 && !(await app.$('note', '[data-note="rules-pending"]')));
  const number = (name) => frame.$eval(`[data-testid="stat"][data-stat="${name}"]`, (node) => Number(node.dataset.value));
  const write = (selector, text) => frame.$eval(selector, (node, text) => { node.focus(); node.value = text; node.dispatchEvent(new InputEvent('input', { bubbles: true })); node.dispatchEvent(new Event('change', { bubbles: true })); node.blur(); }, text);
  const openCard = async (more) => { await frame.$eval(`[data-testid="finding"]${more} button`, (node) => node.click()); await until('details', () => app.$('finding-details')); };

  // From load to the suspicious guest: drop, Findings, the first card.
  await app.load(wanted);
  await app.view('findings');
  await looked();
  await openCard('');
  const text = await app.text('[data-testid="opened"]');
  check('the suspicious guest in three actions', text.includes('mallory@evil.example') && text.includes('Short-lived account'), text.slice(0, 120));
  check('with the exact events', (await frame.$$('[data-testid="finding-details"] [data-table="evidence"] .data-table__line')).length === 3);
  await page.keyboard.press('Escape');

  check('mallory', await rules('mallory@evil.example') === 'U07,U08,U11,U12', await rules('mallory@evil.example'));
  check('on Ivan the first invitation, with its short baseline', (await frame.$$eval('[data-testid="finding"][data-rule="U01"]', (nodes) => nodes.map((node) => node.dataset.subject + node.textContent).join())).match(/^ivan@contoso\.com.*Short baseline: of the 14 days before, the loaded logs cover 9 days 13 hours/s) !== null);
  check('on dana nothing but the stuck request', await rules('dana@fabrikam.example') === 'U31', await rules('dana@fabrikam.example'));
  const governance = [await rules('Partners - all'), await rules('Evil Example'), await rules('Quarterly guests'), await rules('tess@fabrikam.example')];
  check('weakened governance', governance.join(' ') === 'U15 U14 U16 U05', governance);
  check('what could not be looked at is told apart', await number('rules-lacking') > 5 && await number('rules-clear') > 5 && await number('rules-hit') >= 14);
  check('axe', (await audit(frame)).bad.length === 0, (await audit(frame)).bad);

  // The evidence is a door.
  await frame.$eval('[data-testid="finding"][data-rule="U07"] [data-testid="evidence"]', (node) => node.click());
  check('the evidence leads to its events', await app.matching(3));
  await page.keyboard.press('u');
  await app.matching(42);
  await app.view('findings');
  await looked();

  // Tuning shows at once.
  const hours = '[data-testid="rule-parameter"][data-rule="U12"][data-param="hours"]';
  check('every parameter names its rule', await frame.$$eval('[data-testid="rule-parameter"]', (nodes) => nodes.length > 30 && nodes.every((node) => node.dataset.rule && node.dataset.param)));
  await write(hours, '10');
  await until('U12 gone', async () => (await of('[data-rule="U12"]')).length === 0);
  await write(hours, '24');
  await until('U12 back', async () => (await of('[data-rule="U12"]')).length === 1);
  await write('[data-testid="rule-parameter"][data-param="approved-inviters"]', 'adele@contoso.com');
  await until('U02', async () => await rules('ivan@contoso.com') === 'U01,U02,U35');
  check('parameters and lists show their effect at once', true);

  // Marked as expected with a note, which the session file keeps.
  await openCard('[data-rule="U13"]');
  await write('[data-testid="expected-note"]', 'agreed with sales');
  await until('marked', async () => (await of('[data-rule="U13"]'))[0]?.expected === 'true');
  check('a marked finding is the last', (await of()).at(-1).rule === 'U13', (await of()).at(-1));
  await page.keyboard.press('Escape');

  // Files.
  const saved = async (kind, name) => { await frame.click(`[data-testid="download"][data-kind="${kind}"]`); return String(await downloaded(downloads, name)); };
  const csv = await saved('timesketch-csv', 'guestlens findings.csv'), jsonl = await saved('timesketch-jsonl', 'guestlens findings.jsonl');
  const lines = jsonl.trim().split('\n').map((line) => JSON.parse(line));
  check('Timesketch CSV', csv.startsWith('message,datetime,timestamp_desc,') && csv.includes('2026-06-10T22:40:00+00:00,Evidence of U07'), csv.slice(0, 80));
  check('Timesketch JSON lines', lines.length === csv.trim().split('\n').length - 1 && lines.every((line) => line.message && /^\d{4}-\d\d-\d\dT.*\+00:00$/.test(line.datetime) && line.timestamp_desc), lines[0]);
  const yml = await saved('sigma-rules', 'guestlens rules.yml');
  check('our rules as Sigma', yml.split('\n---\n').length > 8 && yml.includes("title: 'Failed invitation'") && yml.includes('# U07 '), yml.length);
  await app.view('sources');
  await frame.click('[data-testid="save-session"]');
  const session = String(await downloaded(downloads, 'guestlens session.json'));
  check('the session has the mark and the list', session.includes('agreed with sales') && session.includes('adele@contoso.com') && !session.includes('mallory'), session.length);
  await app.click('clear-all');
  await app.become('empty');
  await drop(page, [{ name: 'work.json', text: session }]);
  await frame.waitForSelector('[data-testid="session-file"]');
  await drop(page, Object.entries(wanted).map(([name, text]) => ({ name, text })));
  await app.become('ready');
  await app.view('findings');
  await looked();
  check('and brings them back', (await of('[data-rule="U13"]'))[0].expected === 'true' && await rules('ivan@contoso.com') === 'U01,U02,U35');

  // Sigma: what is dropped runs beside our own rules, what is not supported is named.
  await drop(page, [{ name: 'rules.yml', text: SIGMA }]);
  const rule = (id) => frame.$eval(`[data-testid="rule"][data-rule="${id}"]`, (node) => node.dataset.status).catch(() => '');
  await until('the Sigma rule', async () => await rule('11111111-2222-4333-8444-555555555555') === 'hit');
  check('a Sigma rule finds', (await of('[data-rule="11111111-2222-4333-8444-555555555555"]')).length === 1);
  check('one with what is not supported does not run and says so', await rule('22222222-2222-4333-8444-555555555555') === 'lacking' && (await app.text('[data-testid="rule"][data-rule="22222222-2222-4333-8444-555555555555"]')).includes('not supported'));

  // The sample tenant: rules come in while the page answers.
  await app.view('sources');
  await app.click('clear-all');
  await app.become('empty');
  await app.click('sample-data');
  await app.become('ready', 60_000);
  await app.view('findings');
  await looked();
  check('the suspicious guest of the sample leads', (await of())[0].subject === 'mika.raven@nightowl.example', (await of())[0]);
  check('axe, sample', (await audit(frame)).bad.length === 0, (await audit(frame)).bad);
  check('nothing on the console', said.length === 0, said);
});
