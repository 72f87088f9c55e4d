// The files of a drop, those in dropped folders too, and how many could not be taken. Part of both
// pages' scripts.
const MOST_FILES = 10_000;

// A drop's contents can be asked for only until the handler returns. So ask for all three kinds at
// once: handles (Chromium, also at file:), entries (Firefox), plain files (everywhere).
async function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const handles = items.map((item) => item.getAsFileSystemHandle?.().catch(() => null));
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  const plain = items.map((item) => item.getAsFile());
  const found = { files: [], unreadable: 0, leftOut: 0 };
  for (const at of items.keys()) {
    const handle = await handles[at];
    if (handle) await walkHandle(handle, found, plain[at]);
    else if (entries[at]?.isDirectory) await walkEntry(entries[at], found);
    else take(plain[at], found);
  }
  return found;
}

function take(file, found) {
  if (!file) found.unreadable++;
  else if (found.files.length < MOST_FILES) found.files.push(file);
  else found.leftOut++;
}

async function walkHandle(handle, found, plain) {
  try {
    if (handle.kind === 'file') return take(await handle.getFile(), found);
    for await (const inner of handle.values()) {
      await walkHandle(inner, found);
      if (found.leftOut) return; // there may be very many more
    }
  } catch { take(handle.kind === 'file' ? plain : null, found); }
}

async function walkEntry(entry, found) {
  try {
    if (entry.isFile) return take(await new Promise((done, fail) => entry.file(done, fail)), found);
    const reader = entry.createReader();
    for (;;) { // a reader hands out its entries in portions, the last of them empty
      const inner = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!inner.length) return;
      for (const each of inner) {
        await walkEntry(each, found);
        if (found.leftOut) return;
      }
    }
  } catch { found.unreadable++; }
}

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
