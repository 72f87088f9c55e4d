// The files of a drop, those in dropped folders too. Part of both pages' scripts.
const MOST_FILES = 10_000;

// A drop's contents can be asked for only until the handler returns. So ask for all three kinds at
// once: handles (Chromium, also at file:), entries (Firefox), plain files (everywhere).
function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const handles = items.map((item) => item.getAsFileSystemHandle?.().catch(() => null));
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  const plain = items.map((item) => item.getAsFile());
  return Promise.all(items.map(async (_, at) => {
    const found = [];
    try {
      const handle = await handles[at];
      if (handle) await walkHandle(handle, found);
      else if (entries[at]?.isDirectory) await walkEntry(entries[at], found);
      else if (plain[at]) found.push(plain[at]);
    } catch {
      if (plain[at] && !entries[at]?.isDirectory) found.push(plain[at]);
    }
    return found;
  })).then((lists) => lists.flat().slice(0, MOST_FILES));
}

async function walkHandle(handle, found) {
  if (handle.kind === 'file') found.push(await handle.getFile());
  else for await (const inner of handle.values()) if (found.length < MOST_FILES) await walkHandle(inner, found);
}

async function walkEntry(entry, found) {
  if (entry.isFile) return found.push(await new Promise((done, fail) => entry.file(done, fail)));
  const reader = entry.createReader();
  for (;;) { // a reader hands out its entries in portions, the last of them empty
    const inner = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!inner.length || found.length >= MOST_FILES) return;
    for (const each of inner) await walkEntry(each, found);
  }
}

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
