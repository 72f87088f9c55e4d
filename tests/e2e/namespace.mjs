// Runs this program again in a mount namespace of its own, in which name look-ups go to 127.0.0.54:
// the tests see every name a browser asks for, and the machine's own set-up stays untouched.
import { spawnSync } from 'node:child_process'; import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';

export const NAME_SERVER = '127.0.0.54';
const INSIDE = 'GUESTLENS_NAMESPACE';

/** True inside. Ends the program after the run inside; returns false where it is not possible. */
export function enterNamespace() {
  if (process.env[INSIDE]) return true;
  // A machine of CI lets us be root for this; anybody else's is not asked.
  const [first, ...rest] = [...(process.env.CI && process.getuid?.() !== 0 ? ['sudo', '-n', '-E'] : []), 'unshare', '-m'];
  if (spawnSync(first, [...rest, 'sh', '-c', 'test "$(id -u)" = 0']).status !== 0) return false;
  const conf = path.join(os.tmpdir(), `guestlens-resolv-${process.pid}.conf`);
  fs.writeFileSync(conf, `nameserver ${NAME_SERVER}\noptions timeout:1 attempts:1\n`);
  const mount = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  const run = spawnSync(first, [...rest, 'sh', '-c', mount, conf, process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } });
  fs.rmSync(conf);
  process.exit(run.status ?? 1);
}
