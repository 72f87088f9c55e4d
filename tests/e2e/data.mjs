// Invented audit records with known answers, in the shapes that Microsoft exports.
// Deterministic: the same seed gives the same bytes.

const random = (seed) => () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;

const KINDS = [ // activity, service, category, weight
  ['Update user', 'Core Directory', 'UserManagement', 40],
  ['Add member to group', 'Core Directory', 'GroupManagement', 25],
  ['Invite external user', 'Invited Users', 'UserManagement', 10],
  ['Redeem external user invite', 'B2B Auth', 'UserManagement', 7],
  ['Delete user', 'Core Directory', 'UserManagement', 4],
  ['Add member to role', 'Core Directory', 'RoleManagement', 3],
  ['Issue an id_token to the application', 'B2C', 'Authentication', 8],
  ['User requests access package assignment', 'Entitlement Management', 'EntitlementManagement', 3],
];
const MEMBERS = ['Adele Vance', 'Alex Wilber', 'Megan Bowen', 'Ivan Petrov', '=Formula Name'];
const GUESTS = ['dana', 'eli', 'nora', 'olu', 'mallory'].map((name, at) => ({ name: name[0].toUpperCase() + name.slice(1), mail: `${name}@${['fabrikam', 'woodgrove', 'tailspin'][at % 3]}.example` }));

/** `count` records, newest first, over ten days before 1 July 2026. */
export function records(count, seed = 1) {
  const next = random(seed), pick = (list) => list[Math.floor(next() * list.length)];
  const hex = (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
  const guid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const members = MEMBERS.map((name) => ({ id: guid(), name, upn: name.toLowerCase().replace(/[^a-z]/g, '') + '@contoso.com' }));
  const guests = GUESTS.map(({ name, mail }) => ({ id: guid(), name, upn: mail.replace('@', '_') + '#EXT#@contoso.onmicrosoft.com', mail }));
  const total = KINDS.reduce((sum, kind) => sum + kind[3], 0), end = Date.UTC(2026, 6, 1), step = 10 * 864e5 / count;
  return Array.from({ length: count }, (_, at) => {
    let roll = next() * total;
    const [activity, service, category] = KINDS.find((kind) => (roll -= kind[3]) < 0);
    const actor = pick(members), guest = pick(guests), member = pick(members), correlationId = guid();
    const target = /invit|request|role/i.test(activity) ? guest : member, failed = next() < 0.05;
    return {
      id: `Directory_${correlationId}_${hex(5).toUpperCase()}_${1000000 + at}`, category, correlationId, result: failed ? 'failure' : 'success',
      resultReason: failed ? 'Insufficient privileges' : '', activityDisplayName: activity, activityDateTime: new Date(end - 1000 * Math.round((at + 1) * step / 1000)).toISOString(), loggedByService: service, operationType: 'Update',
      initiatedBy: { user: { id: actor.id, displayName: actor.name, userPrincipalName: actor.upn, ipAddress: `203.0.113.${1 + Math.floor(next() * 20)}` }, app: null },
      targetResources: [{ id: target.id, displayName: target.name, type: 'User', userPrincipalName: target.upn, groupType: null, modifiedProperties: activity === 'Update user' ? [{ displayName: 'Department', oldValue: '["Sales"]', newValue: '["R&D, \\"Labs\\""]' }] : [] }],
      additionalDetails: /invit/i.test(activity) ? [{ key: 'invitedUserEmailAddress', value: guest.mail }] : [],
    };
  });
}

export const json = (list) => JSON.stringify(list, null, 2);
export const jsonLines = (list) => list.map((record) => JSON.stringify(record)).join('\n') + '\n';

/** The portal's CSV: 86 columns, BOM, quoted. It has no record id and no operation type. */
export function csv(list) {
  const header = ['Date (UTC)', 'CorrelationId', 'Service', 'Category', 'Activity', 'Result', 'ResultReason', 'User Agent', 'ActorType', 'ActorDisplayName', 'ActorObjectId', 'ActorUserPrincipalName', 'IPAddress', 'ActorHomeTenantId', 'ActorHomeTenantName', 'ActorServicePrincipalId', 'ActorServicePrincipalName'];
  const range = (to) => Array.from({ length: to }, (_, at) => at + 1);
  for (const n of range(3)) {
    header.push(...['Type', 'DisplayName', 'ObjectId', 'UserPrincipalName'].map((name) => `Target${n}${name}`));
    for (const m of range(5)) header.push(...['Name', 'OldValue', 'NewValue'].map((name) => `Target${n}ModifiedProperty${m}${name}`));
  }
  for (const k of range(6)) header.push(`AdditionalDetail${k}Key`, `AdditionalDetail${k}Value`);
  const line = (r) => {
    const user = r.initiatedBy.user, cells = [r.activityDateTime.replace('Z', '+00:00'), r.correlationId, r.loggedByService, r.category, r.activityDisplayName, r.result, r.resultReason, '', 'User', user.displayName, user.id, user.userPrincipalName, user.ipAddress, '', '', '', ''];
    for (const n of range(3)) {
      const target = r.targetResources[n - 1];
      cells.push(...(target ? [target.type, target.displayName, target.id, target.userPrincipalName] : ['', '', '', '']));
      for (const m of range(5)) { const change = target?.modifiedProperties[m - 1]; cells.push(...(change ? [change.displayName, change.oldValue, change.newValue] : ['', '', ''])); }
    }
    for (const k of range(6)) { const detail = r.additionalDetails[k - 1]; cells.push(detail?.key ?? '', detail?.value ?? ''); }
    return cells;
  };
  return '\ufeff' + [header, ...list.map(line)].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';
}

const guest = (n, name, domain) => ({ upn: `${name.toLowerCase()}_${domain}#EXT#@contoso.onmicrosoft.com`, mail: `${name.toLowerCase()}@${domain}`, id: `1a2b3c0${n}-c0de-4bad-8bad-00000000000${n}`, name: `${name} Quillfeather` });
const people = [guest(1, 'Dana', 'fabrikam.example'), guest(2, 'Eli', 'fabrikam.example'), guest(3, 'Zoe', 'woodgrove.example')];
const record = (n, who, [activity, service]) => ({
  id: `9d1e4c7a-0000-4000-8000-0000000000${10 + n}`, activityDisplayName: activity, activityDateTime: `2026-06-0${n + 1}T08:30:15Z`, loggedByService: service,
  category: 'UserManagement', correlationId: `7d1e4c7a-0000-4000-8000-0000000000${10 + n}`, result: 'success', resultReason: `Sent to ${who.mail.toUpperCase()}`,
  initiatedBy: { user: { displayName: 'Adele Morningstar', userPrincipalName: 'adele@contoso.example', id: '2b2b3c00-c0de-4bad-8bad-000000000000', ipAddress: '203.0.113.77' } },
  targetResources: [{ id: who.id, type: 'User', displayName: who.name, userPrincipalName: who.upn, modifiedProperties: [{ displayName: 'Mail', oldValue: '[]', newValue: `["${who.mail}"]` }] }],
  additionalDetails: [{ key: 'UserType', value: 'Guest' }, { key: 'note', value: encodeURIComponent(who.mail) }],
});
/** Six records about three invented guests; `of` says activity and service of each. */
export const canaries = (of) => JSON.stringify([0, 1, 2, 3, 4, 5].map((n) => record(n, people[n % 3], of(n))));
/** Whatever would name one of them, or a thing of theirs. */
export const SECRET = /quillfeather|morningstar|fabrikam|woodgrove|contoso|adele|203\.0\.113|[0-9a-f]{8}-[0-9a-f]{4}-4|#EXT#|\w@\w+\.\w/i;
