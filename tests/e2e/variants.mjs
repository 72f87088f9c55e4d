// Copies of the shipped page for the egress test.
import { createHash } from 'node:crypto'; import fs from 'node:fs';

const read = (name) => fs.readFileSync(new URL(`attempts/${name}.js`, import.meta.url), 'utf8');
const documentSource = ['common', 'page', 'bypass', 'navigation'].map(read).join(''), workerSource = read('common') + read('worker');
export const NAVIGATIONS = [...read('navigation').matchAll(/^  (\w+): \(\) =>/gm)].map((match) => match[1]);

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const unescape = (text) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const hash = (text) => 'sha256-' + createHash('sha256').update(text).digest('base64');

function replaced(text, from, to, times = 1) {
  const count = text.split(from).length - 1;
  if (count !== times) throw new Error(`expected ${times} times, found ${count} times: ${from}`);
  return text.replaceAll(from, () => to);
}

/** The control: the same page without its policy, sandbox, lockdown and question before leaving. */
export function unprotected(html) {
  const cut = (text, pattern, times) => replaced(text, pattern.exec(text)?.[0] ?? String(pattern), '', times);
  html = cut(html, /<meta http-equiv="Content-Security-Policy"[^>]*>/);
  html = cut(html, /<meta http-equiv=&quot;Content-Security-Policy&quot;[^>]*>/);
  html = cut(html, / sandbox="[^"]*"/, 2); // in the page, and in its template
  const lockdown = /const strike = [\s\S]*?(?=let filesLoaded)/.exec(html)?.[0] ?? 'the lockdown';
  html = replaced(html, lockdown, 'const plain = (document, name) => document.createElement(name);\n'); // boot.js needs it
  html = replaced(html, "document.querySelector('meta[http-equiv]').content", "''", 2);
  return replaced(html, 'if (filesLoaded) prevent(event);', '', 2);
}

/**
 * BiDi cannot evaluate in a worker. So for the engine's realm, and only there, a copy whose workers
 * run the attempts when they are told 'probe'. boot.js is changed, and its hash in both policies.
 */
export function withProbe(html, config) {
  const boot = unescape(/<script>('use strict';\n\(\(\) => \{\nconst (?:strike|plain) = (?:(?!<\/script>)[\s\S])*)<\/script>/.exec(html)[1]);
  const probe = `addEventListener('message', async (event) => {
    if (event.data !== 'probe') return;
    event.stopImmediatePropagation();
    const CFG = ${JSON.stringify(config)};${workerSource}
    postMessage(await attempt(W, 1800));
  });\n`;
  const probed = replaced(boot, "const worker = 'onmessage", `const worker = ${JSON.stringify(probe)} + 'onmessage`);
  return replaced(html, escape(boot), escape(probed)).replaceAll(hash(boot), hash(probed));
}

/** Code that runs in the app's realm: all lists, then `rest`. */
export const inRealm = (config, rest) => `(async () => { const CFG = ${JSON.stringify(config)};\n${documentSource}\n${rest} })()`;
