// Unpacks the module, a piece at a time (crates/unpack): it lies in this page and not in the frame's
// text, which would have to be read twice. Part of the outer page's script.
const bytesOf = (text) => (Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
const breath = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });

async function unpack(tell) {
  const text = (id) => document.getElementById(id).textContent;
  const { room, begin, advance, bytes, memory } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(text('unpacker')))).exports;
  const packed = new TextEncoder().encode(text('wasm')), place = room(packed.length);
  new Uint8Array(memory.buffer).set(packed, place);
  const state = begin(place, packed.length);
  for (let told = 0; ;) {
    const done = state ? advance(state) : -1;
    if (done < 0) return tell(new Error('The file is damaged.'));
    const start = bytes(state);
    tell(memory.buffer.slice(start + told, start + done)); // an empty piece is the end
    if (told === done) return;
    told = done;
    await breath();
  }
}
