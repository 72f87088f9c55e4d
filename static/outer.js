// The outer page: keeps the address, takes drops, saves files. It trusts nothing the frame says,
// never shows it as markup and never goes where it says.
//
// Messages are arrays. From the frame: ['boot'], ['hello'], ['hash', text], ['hash', text, 'push'],
// ['save', name, Blob], ['drag'], ['files', [File], unreadable, left out], ['loaded', yes], ['source'].
// To the frame: ['module', piece], ['hash', text], ['files', [File], unreadable, left out], ['print'], ['report', File],
// ['source', bytes, names of what this page has loaded].
const frame = () => document.getElementById('app');
const overlay = (shown) => { document.getElementById('drop').hidden = !shown || isReport; };

// This very file, as it was before anything was loaded: its template (put here by xtask/src/page.rs) and the
// texts that fill it are all that it consists of. A report's data is no part of it.
const template = TEMPLATE;
const script = document.currentScript.textContent;
const ownFile = () => {
  const attribute = frame().srcdoc.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const texts = { policy: document.querySelector('meta[http-equiv]').content, css: document.querySelector('style').textContent, script, inner: attribute, unpacker: document.getElementById('unpacker').textContent, wasm: document.getElementById('wasm').textContent };
  return new TextEncoder().encode(template.replace(/\{\{(\w+)\}\}/g, (_, name) => texts[name]));
};

// The data of a report, if this file is one: they stand before the frame, so they are there when the app asks.
let isReport = false;
const takeReport = () => {
  const node = document.getElementById('report');
  if (!node) return;
  isReport = true;
  const bytes = bytesOf(node.textContent);
  node.remove();
  tell('report', new File([bytes], 'report'));
};
const tell = (...message) => frame().contentWindow.postMessage(message, '*');

// Pieces of the module wait here until the frame listens, and files until the app does.
let pieces = [], early = [];
const pass = (piece) => { if (pieces) pieces.push(piece); else tell('module', piece); };
const give = (...message) => { if (early) early.push(message); else tell(...message); };
addEventListener('DOMContentLoaded', () => unpack(pass).catch(pass));

// The address: what is asked for, never anything read from a file. What the app is told and what it
// sets is remembered, as going back fires two events for one change.
let address = location.hash, steps = 0;
const tellAddress = () => {
  if (location.hash === address) return;
  address = location.hash;
  tell('hash', address);
};
const setAddress = (text, push) => {
  if (typeof text !== 'string' || !/^#[A-Za-z0-9_=&:;%.,+~*!-]{0,4000}$/.test(text) || text === address) return;
  try {
    if (push) history.pushState({ index: ++steps }, '', text);
    else history.replaceState(history.state, '', text);
    address = location.hash;
  } catch { /* too many changes in a short time; the next one catches up */ }
};
addEventListener('popstate', (event) => { steps = event.state?.index ?? 0; tellAddress(); });
addEventListener('hashchange', tellAddress);

const save = (name, blob) => {
  const link = document.createElement('a');
  link.download = name.replace(/[^\w .-]/g, '_').replace(/^[ .]+/, '').slice(-100) || 'guestlens';
  // Bytes, whatever type the frame claims: nothing of its making is ever opened in this origin.
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

addEventListener('message', ({ source, data }) => {
  if (source !== frame()?.contentWindow || !Array.isArray(data)) return;
  const [op, first, second, third] = data;
  if (op === 'boot') { for (const piece of pieces ?? []) tell('module', piece); pieces = null; }
  else if (op === 'hello') {
    takeReport();
    tell('hash', location.hash);
    for (const message of early ?? []) tell(...message);
    early = null;
    frame().focus();
  }
  else if (op === 'source') tell('source', ownFile(), performance.getEntriesByType('resource').map(({ name }) => name));
  else if (op === 'hash') setAddress(first, second === 'push');
  else if (op === 'save' && typeof first === 'string' && second instanceof Blob) save(first, second);
  else if (op === 'drag') overlay(true);
  else if (op === 'files' && Array.isArray(first)) { overlay(false); if (!isReport) give('files', first, second, third); } // dropped on the frame
  else if (op === 'loaded') setLoaded(first);
});

// Without these two a drop would replace the page by the dropped file.
addEventListener('dragenter', (event) => { if (carriesFiles(event)) overlay(true); });
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  event.preventDefault();
  overlay(false);
  if (isReport) return; // it is read, not added to
  const { files, unreadable, leftOut } = await dropped(event.dataTransfer);
  if (files.length || unreadable) give('files', files, unreadable, leftOut);
  frame().focus();
});
addEventListener('dragleave', (event) => { if (!event.relatedTarget) overlay(false); });
addEventListener('keydown', (event) => { if (event.key === 'Escape') overlay(false); });

// Printing this page would print the frame as one box, cut off; the frame's own print() knows sheets. Whoever
// prints by the browser's menu gets a sheet that says so.
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'p') { event.preventDefault(); tell('print'); }
});
