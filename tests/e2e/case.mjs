// The worked case, which stands beside the repository and not in it.
import fs from 'node:fs'; import path from 'node:path';

const folder = path.join(process.env.GUESTLENS_SHARED ?? new URL('../../../shared', import.meta.url).pathname, 'fixture');
export const AUDIT = ['audit-A-2026-06-01_06-15.json', 'audit-B-2026-06-10_06-30.json', 'audit-C-2026-07-05_07-10.json'];
export const ASSIGNMENTS = ['assignments-Eastern-Territory.csv', 'assignments-Western-Territory.csv'];

/** The files by name, for App.load; ends the program with a word where they are missing. */
export function files(names) {
  if (!fs.existsSync(folder)) { console.log('skipped: there is no worked case beside the repository'); process.exit(0); }
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}
