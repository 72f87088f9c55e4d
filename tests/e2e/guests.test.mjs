// Guests: the worked case with its answers, by the stable names; the sheet of a sponsor from the page to the
// sponsor's browser and back; guests without a sponsor.
import fs from 'node:fs'; import path from 'node:path';
import { audit, downloaded, each, launch, open, until } from './lib.mjs';
import { App } from './use.mjs';

const CASE = new URL('../../../shared/fixture/', import.meta.url);
const expected = fs.existsSync(CASE) ? JSON.parse(fs.readFileSync(new URL('EXPECTED.json', CASE), 'utf8')) : null;
const cased = () => Object.fromEntries(fs.readdirSync(CASE).filter((name) => /^(audit|users|assign).*\.(json|csv)$/.test(name)).map((name) => [name, fs.readFileSync(new URL(name, CASE))]));
const name = (upn) => upn.split(/[_@]/)[0];
const words = (text) => text.match(/\w+ \((?:\d+|pending)?/g)?.map((word) => word.split(' ')[0]) ?? [];

/** Two guests of one sponsor, and two without; all that is written here is invented. */
const user = (at, who, sponsors, type = 'Guest') => ({
  id: `0000000${at}-0000-4000-8000-00000000000${at}`, displayName: who, mail: `${who.toLowerCase()}@fabrikam.example`, userType: type, accountEnabled: true,
  userPrincipalName: type === 'Guest' ? `${who.toLowerCase()}_fabrikam.example#EXT#@contoso.example` : `${who.toLowerCase()}@contoso.example`,
  createdDateTime: '2026-01-01T00:00:00Z', sponsors: sponsors.map((sponsor) => ({ '@odata.type': '#microsoft.graph.user', id: sponsor.id, displayName: sponsor.displayName, userPrincipalName: sponsor.userPrincipalName })),
});
const adele = user(9, 'Adele', [], 'Member'), ivan = user(8, 'Ivan', [], 'Member');
const guests = [user(1, 'Dana', [adele]), user(2, 'Eli', [adele]), user(3, 'Nora', []), user(4, 'Olu', [])];
const USERS = JSON.stringify({ value: [...guests, adele, ivan] });
const INVITED = JSON.stringify({ value: [3, 4].map((at) => ({
  id: `invitation-${at}`, category: 'UserManagement', correlationId: `0000000${at}-1111-4000-8000-000000000000`, result: 'success', activityDisplayName: 'Invite external user',
  activityDateTime: `2026-01-0${at}T09:00:00Z`, loggedByService: 'Invited Users', initiatedBy: { user: { id: ivan.id, displayName: 'Ivan', userPrincipalName: ivan.userPrincipalName } },
  targetResources: [{ type: 'User', id: guests[at - 1].id, userPrincipalName: guests[at - 1].userPrincipalName, displayName: null, modifiedProperties: [] }], additionalDetails: [],
})) });

await each(async ({ which, browser, check, note, downloads }) => {
  const { page, app, said } = await open(browser);
  const use = new App(page, app);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
  const settled = () => until('an answer', async () => (await app.$eval('.count', (node) => node.getAttribute('aria-busy'))) === 'false');
  const show = async (view) => { await use.view(view); await until(view, () => app.$(at('view', `[data-view="${view}"]`))); await settled(); };
  const stat = async (id) => Number((await use.values('stat', ['value'], `[data-stat="${id}"]`))[0]?.value);
  const set = async (id, value, is) => {
    await app.$eval(at(id), (node, value) => { node.value = value; for (const kind of ['input', 'change']) node.dispatchEvent(new Event(kind, { bubbles: true })); }, value);
    await until(`${id} ${value}`, is);
    await settled();
  };
  const inactive = async () => (await use.values('guest', ['upn', 'days'], '[data-state="inactive"]')).map(({ upn, days }) => `${name(upn)} ${days}`).sort();

  if (!expected) note('skipped: the worked case is not there (../shared/fixture)');
  else {
    await use.load(cased());
    await show('guests');
    const states = Object.fromEntries((await use.values('guest', ['upn', 'state'])).map(({ upn, state }) => [name(upn), state]));
    check('dana is active, mallory deleted, eli pending', states.dana === 'active' && states.mallory === 'deleted' && states.eli === 'pending', states);
    check('no sponsor', await stat('guests-without-sponsor') === expected.no_sponsor.length, await stat('guests-without-sponsor'));
    const opened = async (who, ...told) => {
      await app.$$eval(at('guest'), (nodes, who) => nodes.find((node) => node.dataset.upn.startsWith(who)).querySelector('button, [role=button], td').click(), who);
      const details = await until(who, async () => (await app.$eval(at('opened'), (node) => node.textContent)).toLowerCase().includes(who) && app.$eval(at('guest-details'), (node) => node.textContent));
      for (const words of told) check(`${who}: ${words}`, details.includes(words), details.slice(0, 400));
      return app.$$eval(`${at('guest-details')} ${at('life-mark')}`, (nodes) => nodes.map((node) => [node.dataset.kind, node.dataset.time]));
    };
    const dana = await opened('dana', '23 h 30 min');
    check('dana\u2019s marks', ['invited', 'redeemed'].every((kind) => dana.some(([own]) => own === kind)), dana);
    const spans = await app.$$eval(`${at('guest-details')} ${at('life-span')}`, (nodes) => nodes.map((node) => node.dataset.kind));
    check('dana\u2019s group is a bar', spans.includes('group'), spans);
    const mallory = await opened('mallory', '6 min', '11 h', expected.mallory.role);
    check('mallory\u2019s marks', ['invited', 'redeemed', 'role-added', 'deleted'].every((kind) => mallory.some(([own]) => own === kind)), mallory);
    await page.keyboard.press('Escape');

    await show('inactive');
    check('the day is that of the newest export', await app.$eval(at('as-of'), (node) => (node.matches('input') ? node : node.querySelector('input')).value) === '2026-07-10');
    const rule = ['never 221', 'old 90', 'older 91'];
    check('inactive at 90 days', JSON.stringify(await inactive()) === JSON.stringify(rule) && await stat('guests-inactive') === 3, await inactive());
    await set('threshold', '91', async () => (await stat('guests-inactive')) === 2);
    check('at 91 days without the one of 90', !(await inactive()).includes('old 90'), await inactive());
    await set('threshold', '89', async () => (await stat('guests-inactive')) === 4);
    check('at 89 days with the one of 89', (await inactive()).includes('fresh 89'), await inactive());
    await set('threshold', '90', async () => (await stat('guests-inactive')) === 3);
    await set('basis', 'successful', async () => (await stat('guests-inactive')) === 4);
    check('by successful sign-ins also who only failed', (await inactive()).some((one) => one.startsWith('failonly')), await inactive());

    await show('sponsors');
    check('a sponsor who is not among the users', await stat('sponsors-not-found') === expected.sponsor_left.length, await stat('sponsors-not-found'));
    check('guests without', await stat('guests-without-sponsor') === words(expected.no_sponsor.map((one) => one + ' (').join()).length);
    await use.click('clear-all').catch(() => {});
  }

  // The sheet of a sponsor, end to end.
  const { page: fresh, app: frame } = await open(browser);
  const sheets = new App(fresh, frame);
  await sheets.load({ 'users.json': USERS, 'audit.json': INVITED });
  await sheets.view('sponsors');
  await until('sponsors', () => frame.$(at('sponsor')));
  await frame.$eval(at('sponsor', `[data-id="${adele.id}"]`), (node) => node.querySelector('button, [role=button], td').click());
  await until('the sponsor', () => frame.$(at('sponsor-details')));
  const save = async (key, file) => {
    await (await frame.$(at('download', `[data-id="${key}"]`))).click(); // a hand's click: browsers ask before a second download without one
    return downloaded(downloads, file);
  };
  const html = await save(adele.id, 'guestlens sheet of Adele.html');
  check('the sheet has a policy of its own', /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src/.test(html.toString()));
  const without = await save(`-without-sponsor:${ivan.id}`, 'guestlens sheet of Ivan.html');
  check('who invited is asked about guests without a sponsor', without.toString().includes('Guests that Ivan invited') && (without.toString().match(/<tr data-guest/g) ?? []).length === 2);
  await fresh.keyboard.press('Escape'); // what is open beside the view lies over the button
  const all = await save('-without-sponsor:', 'guestlens sheet of Administrator.html');
  check('or the administrator', all.toString().includes('Guests without a sponsor') && (all.toString().match(/<tr data-guest/g) ?? []).length === 2);

  // The sponsor's own browser.
  const other = await launch(which);
  try {
    const file = path.join(other.home, 'sheet.html');
    fs.writeFileSync(file, html);
    const sheet = await other.browser.newPage(), asked = [];
    sheet.on('request', (request) => asked.push(request.url()));
    await sheet.goto('file://' + file, { waitUntil: 'load' });
    check('it asks for nothing else', asked.filter((url) => !url.startsWith('file:')).length === 0, asked);
    const sent = await sheet.evaluate(async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      const fetched = await fetch('https://192.0.2.1/').then(() => 'sent', () => 'refused');
      const image = await new Promise((done) => { const node = new Image(); node.onload = () => done('sent'); node.onerror = () => done('refused'); node.src = 'https://192.0.2.1/a.png'; });
      const script = await new Promise((done) => { const node = document.createElement('script'); node.textContent = 'window.ran = 1'; document.body.append(node); setTimeout(() => done(window.ran ? 'ran' : 'refused'), 100); });
      return { fetched, image, script, refused };
    });
    check('it has no way to send', sent.fetched === 'refused' && sent.image === 'refused' && sent.script === 'refused' && sent.refused.includes('connect-src') && sent.refused.includes('img-src'), sent);
    const lines = await sheet.$$eval('tr[data-guest]', (nodes) => nodes.map((node) => node.dataset.name));
    check('it lists the guests', JSON.stringify(lines) === JSON.stringify(['Dana', 'Eli']), lines);
    await sheet.click('input[name="guest-0"][value="Approve"]');
    check('it says what is open', (await sheet.$eval('#status', (node) => node.textContent)).startsWith('1 of 2'));
    await sheet.click('input[name="guest-1"][value="Deny"]');
    await sheet.type('tr[data-guest]:nth-child(2) input[type=text]', 'left the project');
    if (which === 'chromium') await sheet.screenshot({ path: new URL('out/sponsor-sheet.png', import.meta.url).pathname });
    await sheet.click('#save');
    const answers = await downloaded(other.downloads, 'sponsor answers Adele.json');
    const given = JSON.parse(answers).value.map((one) => [one.guestName, one.sponsorAnswer, one.comment]);
    check('it saves the answers', JSON.stringify(given) === JSON.stringify([['Dana', 'Approve', ''], ['Eli', 'Deny', 'left the project']]), given);
    await sheet.close({ runBeforeUnload: false });

    // Back on the page.
    await sheets.load({ 'sponsor answers Adele.json': answers });
    await sheets.view('sponsors');
    const told = await until('the answers', () => frame.$$eval(at('sponsored-guest'), (nodes) => {
      const told = Object.fromEntries(nodes.map((node) => [node.dataset.upn.split('_')[0], node.textContent]));
      return told.dana?.includes('Keep') && told;
    }));
    check('the answers are merged', told.dana.includes('Keep') && told.eli.includes('Remove') && !told.nora.includes('Keep'), told);
    const { bad } = await audit(frame);
    check('axe', bad.length === 0, bad);
  } finally { await other.end(); }
  check('quiet', said.length === 0, said);
});
