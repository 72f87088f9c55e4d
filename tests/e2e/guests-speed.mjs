// How long the guests take to appear, in real browsers: not a test, as it measures the machine, too.
//
//   node guests-speed.mjs [chromium] [firefox] [guests=100000] [events=1000000]
//
// Writes exports of invented guests into a temporary folder, loads them, and times the view, a filter, a
// search, an order and one guest that is opened: from the click to the frame that shows the answer.
import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';
import { launch, open, until, BROWSERS } from './lib.mjs';

const number = (name, other) => Number(process.argv.find((word) => word.startsWith(name + '='))?.split('=')[1] ?? other);
const GUESTS = number('guests', 100_000), EVENTS = number('events', 1_000_000);
const hex = (value, length) => value.toString(16).padStart(length, '0');
const id = (kind, at) => `${hex(kind, 8)}-0000-4000-8000-${hex(at, 12)}`;
const mail = (at) => `guest${at}@partner${at % 997}.example`;
const upn = (at) => mail(at).replace('@', '_') + '#EXT#@contoso.example';
const START = Date.UTC(2026, 0, 1), DAY = 864e5;
const when = (at, step) => new Date(START + at * 60_000 + step * DAY).toISOString();

/** Of each guest the account, the invitation, the redemption and a group, then sign-ins up to the number of events. */
function* events() {
  for (let record = 0; record < EVENTS; record++) {
    const step = Math.floor(record / GUESTS), at = record % GUESTS, inviter = at % 700;
    if (step > 3) {
      yield ['sign-ins', {
        id: id(9, record), createdDateTime: when(at, step), userId: id(1, at), userPrincipalName: mail(at), userDisplayName: `Guest ${at}`,
        userType: 'guest', appDisplayName: `App ${record % 40}`, isInteractive: true, signInEventTypes: ['interactiveUser'],
        ipAddress: `203.0.${at % 250}.${record % 250}`, status: { errorCode: record % 50 === 0 ? 50126 : 0 },
      }];
      continue;
    }
    const user = { type: 'User', id: id(1, at), userPrincipalName: upn(at), displayName: null, modifiedProperties: [] };
    const member = { id: id(2, inviter), displayName: `Member ${inviter}`, userPrincipalName: `member${inviter}@contoso.example` };
    const of = [
      ['Add user', [{ ...user, modifiedProperties: [{ displayName: 'UserType', oldValue: '[]', newValue: '["Guest"]' }] }], member],
      ['Invite external user', [user], member, [{ key: 'invitedUserEmailAddress', value: mail(at) }]],
      ['Redeem external user invite', [{ ...user, userPrincipalName: null, displayName: `UPN: ${upn(at)}, Email: ${mail(at)}, InvitationId: ${id(3, at)}, Source: Mail` }], { userPrincipalName: mail(at) }],
      ['Add member to group', [{ ...user, modifiedProperties: [{ displayName: 'Group.DisplayName', oldValue: null, newValue: `"Group ${at % 5000}"` }] }, { type: 'Group', displayName: `Group ${at % 5000}`, modifiedProperties: [] }], member],
    ][step];
    yield ['audit', {
      id: `Directory_${record}`, category: 'UserManagement', correlationId: id(8, record), result: 'success', activityDisplayName: of[0],
      activityDateTime: when(at, step), loggedByService: 'Core Directory', initiatedBy: { user: of[2] }, targetResources: of[1], additionalDetails: of[3] ?? [],
    }];
  }
}

function write(folder) {
  const files = {};
  const put = (name, value) => {
    const file = (files[name] ??= { path: path.join(folder, name + '.json'), lines: [] });
    file.lines.push(JSON.stringify(value));
    if (file.lines.length === 50_000) flush(file);
  };
  const flush = (file) => fs.appendFileSync(file.path, file.lines.splice(0).map((line) => line + '\n').join(''));
  for (const [name, event] of events()) put(name, event);
  for (let at = 0; at < GUESTS; at++) {
    put('users', {
      id: id(1, at), userPrincipalName: upn(at), mail: mail(at), displayName: `Guest ${at}`, userType: 'Guest', accountEnabled: true,
      createdDateTime: '2026-01-01T00:00:00Z', externalUserState: 'Accepted', signInActivity: { lastSignInDateTime: `2026-0${1 + at % 7}-01T00:00:00Z` },
      sponsors: [{ id: id(2, at % 300), displayName: `Member ${at % 300}` }],
    });
  }
  Object.values(files).forEach(flush);
  return Object.values(files).map((file) => file.path);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guests-'));
const files = write(folder);
console.log(`${GUESTS} guests, ${EVENTS} events, ${Math.round(files.reduce((sum, file) => sum + fs.statSync(file).size, 0) / 1e6)} MB`);
for (const which of BROWSERS) {
  const run = await launch(which, { protocolTimeout: 600_000 });
  const { page, app } = await open(run.browser);
  await page.setViewport({ width: 1440, height: 900 });
  const at = (id, rest = '') => `[data-testid="${id}"]${rest}`;
  const start = Date.now();
  await (await app.$(at('file-input'))).uploadFile(...files);
  await until('ready', () => app.$(at('app', '[data-state="ready"]')), 120_000);
  console.log(`${which}: loaded in ${Date.now() - start} ms`);

  /** Does something in the page and waits, frame by frame, until what is asked for is there and the page is not busy. */
  const timed = async (name, act, is, rounds = 3) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      // As a text: the page's policy refuses functions that are made of texts.
      times.push(await app.evaluate(`(async () => {
        const round = ${round}, find = (id, rest = '') => document.querySelector('[data-testid="' + id + '"]' + rest);
        const frame = () => new Promise(requestAnimationFrame), start = performance.now();
        ${act};
        do await frame(); while (!(${is}) || document.querySelector('.count')?.getAttribute('aria-busy') !== 'false');
        await frame();
        return Math.round(performance.now() - start);
      })()`));
    }
    console.log(`${which}: ${name.padEnd(42)} ${times.join(', ')} ms`);
  };
  const view = (name) => `find('view-tab', '[data-view="${name}"]').click()`;
  const choose = (id, value) => `const input = find('${id}'); input.value = ${value}; input.dispatchEvent(new Event('change', { bubbles: true }))`;
  const type = (value) => `const input = find('table', '[data-table="guests"]').querySelector('[data-testid="table-find"]'); input.value = ${value}; input.dispatchEvent(new InputEvent('input', { bubbles: true }))`;
  const matching = `Number(find('table', '[data-table="guests"]')?.querySelector('[data-testid="table-count"]').dataset.matching)`;
  const shown = `find('guest') && find('life-line')`;
  await timed('guests, opened at once', view('guests'), shown, 1);
  const idle = Date.now();
  await app.evaluate(() => new Promise((done) => setTimeout(done, 3000)));
  await timed('events', view('events'), `find('event')`, 1);
  console.log(`${which}: worked out ahead in about ${Date.now() - idle} ms`);
  for (let round = 0; round < 3; round++) {
    await timed('guests, opened', view('guests'), shown, 1);
    await timed('events', view('events'), `find('event')`, 1);
  }
  await timed('guests, opened', view('guests'), shown, 1);
  await timed('filtered by state', choose('guests-state', `round % 2 ? '' : 'inactive'`), `(${matching} < ${GUESTS}) === (round % 2 === 0)`, 6);
  await timed('filtered by domain', choose('guests-domain', `round % 2 ? '' : input.options[1].value`), `(${matching} < ${GUESTS}) === (round % 2 === 0)`, 4);
  await timed('searched (80 ms of rest among it)', type(`round % 2 ? '' : 'partner7.'`), `(${matching} < ${GUESTS}) === (round % 2 === 0)`, 6);
  await timed('sorted by name', `find('table', '[data-table="guests"]').querySelector('[data-testid="table-sort"][data-column="guest"]').click()`, `true`, 3);
  await timed('one opened', `find('guest').querySelector('button, td, th').click()`, `find('guest-details')`, 1);
  await run.end();
}
fs.rmSync(folder, { recursive: true });
