// Reads the exports and the reports made of them with nothing in common with the product, and counts what of
// the exports is in the reports.   node scan.mjs <folder of exports> <folder of reports>
import fs from 'node:fs'; import path from 'node:path'; import zlib from 'node:zlib';

const [raw, reports] = process.argv.slice(2);
const files = (folder) => fs.readdirSync(folder).sort().map((name) => ({ name, bytes: fs.readFileSync(path.join(folder, name)) }));
const patterns = {
  address: /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu,
  guid: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  network: /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g,
  canary: /canary\d\d+q/gi,
};

// What must not be found: everything of these shapes, and every display name.
const known = new Set();
for (const { bytes } of files(raw)) {
  const text = bytes.toString('utf8');
  for (const pattern of Object.values(patterns)) for (const [hit] of text.matchAll(pattern)) known.add(hit.toLowerCase());
  for (const [, name] of text.matchAll(/"displayName"\s*:\s*"([^"\\]{3,})"/g)) if (/ /.test(name) && /canary/i.test(name)) known.add(name.toLowerCase());
}
const forms = new Map();
for (const text of known) {
  const all = [text, encodeURIComponent(text), text.replace('@', '_'), text.replace(/-/g, ''), text.replace('@', '&#64;'), text.replace('@', '\\u0040')];
  for (const form of all) if (form.length > 6) forms.set(form.toLowerCase(), text);
  const base64 = Buffer.from(text).toString('base64').replace(/=+$/, '');
  if (base64.length > 10) forms.set(base64.slice(0, -1).toLowerCase(), text);
}

let hits = 0;
const found = (where, what) => { hits++; if (hits < 20) console.log(`${where}: ${what}`); };
const scan = (where, text) => {
  const lower = text.toLowerCase();
  for (const [form, of] of forms) if (lower.includes(form)) found(where, `${form} of ${of}`);
  for (const [kind, pattern] of Object.entries(patterns)) for (const [hit] of text.matchAll(pattern)) found(where, `${kind} ${hit}`);
  for (const [run] of text.matchAll(/H4sI[A-Za-z0-9+/]{40,}={0,2}/g)) scan(where + ', packed', zlib.gunzipSync(Buffer.from(run, 'base64')).toString('utf8'));
};
const all = files(reports);
/** The parts of a workbook, by their local heads. */
const parts = function* (bytes) {
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const packed = bytes.readUInt32LE(at + 18), name = at + 30, start = name + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    yield { name: bytes.toString('utf8', name, start), text: zlib.inflateRawSync(bytes.subarray(start, start + packed)).toString('utf8') };
    at = start + packed;
  }
};
const plain = (xml) => xml.replace(/<[^>]*>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replace(/_x([0-9a-f]{4})_/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
for (const { name, bytes } of all) {
  scan(name, name);
  if (!name.endsWith('.xlsx')) { scan(name, bytes.toString('utf8')); continue; }
  let count = 0;
  for (const part of parts(bytes)) { count++; scan(`${name}, ${part.name}`, part.name + ' ' + part.text); scan(`${name}, ${part.name}`, plain(part.text)); }
  if (count < 6) found(name, `only ${count} parts could be read`);
}
console.log(`${all.length} reports, ${known.size} identifiers in ${forms.size} forms, ${hits} found`);
process.exit(hits ? 1 : 0);
