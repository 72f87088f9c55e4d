// Entitlements on the worked case: requests and their steps, application roles, separation of duties, B2C.
import { ASSIGNMENTS, AUDIT, files } from './case.mjs';
import { audit, each, open, until } from './lib.mjs';
import { App } from './use.mjs';

const wanted = files([...AUDIT, ...ASSIGNMENTS]);
const MINUTE = 60_000, HOUR = 60 * MINUTE;
// R1 to R6: who receives what, the state, the length of each step that has an end.
const REQUESTS = [
  ['nora@', 'Partner Portal', 'delivered', { submitted: MINUTE, pendingApproval: 30 * HOUR, approved: MINUTE, delivering: 8 * MINUTE }],
  ['omar@', 'Partner Portal', 'denied', { submitted: HOUR }],
  ['pia@', 'Partner Portal', 'expired', { submitted: 14 * 24 * HOUR }],
  ['quinn@', 'Build Farm', 'delivered', { submitted: 5 * MINUTE, partiallyDelivered: 3 * HOUR }],
  ['dana@', 'Build Farm', 'delivering', { submitted: 30_000, approved: 10_000 }],
  ['dana@', 'Partner Portal', 'submitted', {}],
];

await each(async ({ browser, check }) => {
  const { page, app: frame, said } = await open(browser);
  const app = new App(page, frame);
  await page.setViewport({ width: 1440, height: 900 });
  const settled = () => until('an answer', async () => (await frame.$eval('.count', (node) => node.getAttribute('aria-busy'))) === 'false');
  const show = async (view) => { await app.view(view); await settled(); };
  const lines = (name) => frame.$$eval(`[data-testid="${name}"]`, (nodes) => nodes.filter((node) => node.matches('[role=row], tr, .data-table__line')).map((node) => ({ ...node.dataset, text: node.textContent })));
  const axe = async (what) => { const { bad } = await audit(frame); check(`axe, ${what}`, bad.length === 0, bad); };

  await app.load(wanted);

  await show('requests');
  const requests = await until('requests', async () => { const all = await lines('request'); return all.length === 6 && all; });
  for (const [at, [receiver, name, state, steps]] of REQUESTS.entries()) {
    const own = requests.filter((line) => line.text.includes(receiver) && line.text.includes(name));
    check(`R${at + 1} is ${state}`, own.length === 1 && own[0].state === state, own.map((line) => line.state));
    if (own.length !== 1) continue;
    await frame.$eval(`[data-testid="request"][data-id="${own[0].id}"] [data-cell="0"]`, (node) => node.focus());
    await page.keyboard.press('Enter');
    await until('details', () => frame.$(`[data-testid="opened"][data-key="${own[0].id}"] [data-testid="request-details"]`));
    const told = await frame.$$eval('[data-testid="request-details"] [data-testid="request-step"]', (nodes) => nodes.map((node) => [node.dataset.step, node.dataset.durationMs, 'open' in node.dataset && node.dataset.open !== 'false']));
    const ended = Object.fromEntries(told.filter(([, , isOpen]) => !isOpen).map(([step, ms]) => [step, Number(ms)]));
    check(`R${at + 1}: each step with its length`, JSON.stringify(ended) === JSON.stringify(steps), told);
    await page.keyboard.press('Escape');
  }
  const open6 = requests.filter((line) => line.open === 'true').map((line) => line.state).sort().join();
  check('open at the end of the data is not denied', open6 === 'delivering,submitted', open6);
  await axe('requests');

  await show('app-roles');
  const roles = await until('app roles', async () => { const all = await lines('app-role'); return all.length && all; });
  check('one application role outside of entitlement management', roles.length === 1 && roles[0].role === 'Reader' && roles[0].thing === 'Payroll' && roles[0].subject.startsWith('mallory') && roles[0].text.includes('ivan@contoso.com'), roles.map((line) => line.text));
  await app.click('managed');
  await until('two with it', async () => (await lines('app-role')).length === 2);
  check('two with those of User Management', (await lines('app-role')).some((line) => line.managed === 'true' && line.subject.startsWith('nora')), await lines('app-role').then((all) => all.map((line) => line.subject)));
  await axe('app-roles');

  await show('separation');
  const cells = await until('the matrix', async () => { const all = await app.values('matrix-cell', ['a', 'b', 'count']); return all.length && all; });
  const both = cells.filter((cell) => cell.count !== '0');
  check('one pair, one person', both.length === 1 && both[0].count === '1', cells);
  const people = await app.values('separation', ['subject']);
  check('exactly nora', people.length === 1 && people[0].subject === 'nora@woodgrove.example', people);
  await axe('separation');

  await show('b2c');
  const tokens = async () => Object.fromEntries((await app.values('b2c-count', ['name', 'tokens'])).filter(({ tokens }) => tokens !== '0').map(({ name, tokens }) => [name, Number(tokens)]));
  await frame.select('[data-testid="b2c-by"]', 'policy');
  await until('by policy', async () => (await tokens()).B2C_1A_signup_signin === 2);
  check('tokens by policy', (await tokens()).B2C_1_reset === 1 && Object.keys(await tokens()).length === 2, await tokens());
  await frame.select('[data-testid="b2c-by"]', 'application');
  await until('by application', async () => Object.values(await tokens()).sort().join() === '1,2');
  check('tokens by application', Object.keys(await tokens()).length === 2, await tokens());
  await axe('b2c');
  check('nothing on the console', said.length === 0, said);
});
