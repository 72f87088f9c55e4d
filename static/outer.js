// The outer page: keeps the address, takes drops, saves files. It trusts nothing the frame says,
// never shows it as markup and never goes where it says.
//
// Messages are arrays. From the frame: ['boot'], ['hello'], ['hash', text], ['hash', text, 'push'],
// ['save', name, Blob], ['drag'], ['files', [File], unreadable, left out], ['height', pixels], ['loaded', yes].
// To the frame: ['module', piece], ['hash', text], ['files', [File], unreadable, left out], ['print'].
const frame = () => document.getElementById('app');
const overlay = (shown) => { document.getElementById('drop').hidden = !shown; };
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
    tell('hash', location.hash);
    for (const message of early ?? []) tell(...message);
    early = null;
    frame().focus();
  }
  else if (op === 'hash') setAddress(first, second === 'push');
  else if (op === 'save' && typeof first === 'string' && second instanceof Blob) save(first, second);
  else if (op === 'drag') overlay(true);
  else if (op === 'files' && Array.isArray(first)) { overlay(false); give('files', first, second, third); } // dropped on the frame
  else if (op === 'height' && first > 0 && first < 1e6) frame().style.setProperty('--height', Math.ceil(first) + 'px');
  else if (op === 'loaded') setLoaded(first);
});

// Without these two a drop would replace the page by the dropped file.
addEventListener('dragenter', (event) => { if (carriesFiles(event)) overlay(true); });
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  event.preventDefault();
  overlay(false);
  const { files, unreadable, leftOut } = await dropped(event.dataTransfer);
  if (files.length || unreadable) give('files', files, unreadable, leftOut);
  frame().focus();
});
addEventListener('dragleave', (event) => { if (!event.relatedTarget) overlay(false); });
addEventListener('keydown', (event) => { if (event.key === 'Escape') overlay(false); });

// Printing this page prints the frame as one box; the frame's own print() knows sheets.
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'p') { event.preventDefault(); tell('print'); }
});
