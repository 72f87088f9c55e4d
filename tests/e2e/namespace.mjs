// Runs this program again in a mount namespace of its own, in which name look-ups go to an address
// of ours: the test sees every name a browser asks for, and the machine's set-up stays untouched.
import { spawnSync } from 'node:child_process'; import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path';

const INSIDE = 'GUESTLENS_NAME_SERVER';

/**
 * Inside, the address that a name server should listen on. Outside, ends the program after the run
 * inside; returns undefined where that is not possible.
 */
export function enterNamespace() {
  if (process.env[INSIDE]) return process.env[INSIDE];
  // A machine of CI lets us be root for this; anybody else's is not asked.
  const [first, ...rest] = [...(process.env.CI && process.getuid?.() !== 0 ? ['sudo', '-n', '-E'] : []), 'unshare', '-m'];
  if (spawnSync(first, [...rest, 'sh', '-c', 'test "$(id -u)" = 0']).status !== 0) return undefined;
  const address = `127.54.${(process.pid >> 8) & 255}.${(process.pid & 255) || 1}`; // two runs at once shall not meet
  const conf = path.join(os.tmpdir(), `guestlens-resolv-${process.pid}.conf`);
  fs.writeFileSync(conf, `nameserver ${address}\noptions timeout:1 attempts:1\n`);
  const mount = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  const run = spawnSync(first, [...rest, 'sh', '-c', mount, conf, process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [INSIDE]: address } });
  fs.rmSync(conf);
  process.exit(run.status ?? 1);
}
