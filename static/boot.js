// Last part of the same closure: unpack the module once, run it here, hand it to workers.
// The frame has its parent's policy and its own, so each refusal is told twice.
let blocked = 0;
const toldOnce = new Set();
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  const what = effectiveDirective + ' ' + blockedURI;
  if (toldOnce.delete(what)) return;
  toldOnce.add(what);
  blocked++;
});

// A drag over this frame raises the outer page's drop zone above it. A drop that is quicker than that
// lands here, and takes the same way as all others.
const say = (...message) => parent.postMessage(message, '*');
addEventListener('dragenter', (event) => { if (carriesFiles(event)) say('drag'); });
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // else the browser would leave the app for the file
  const { files, unreadable, leftOut } = await dropped(event.dataTransfer);
  say('files', files, unreadable, leftOut);
});

const tellUser = (text) => {
  const line = document.createElement('p');
  line.setAttribute('role', 'alert');
  line.textContent = text;
  document.body.replaceChildren(line);
};
// A panicked instance would still answer, and wrongly. So nothing of it is left to click on.
addEventListener('error', ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) tellUser('Guestlens has stopped because of a mistake of its own. Reload the page to start again; your files are as they were.');
});

addEventListener('DOMContentLoaded', async () => {
  try {
    const take = (id) => { const node = document.getElementById(id), value = node.textContent; node.remove(); return value; };
    const packed = take('wasm'), glue = take('glue');
    const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(packed) : Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    // A stream of a Blob needs no connection: connect-src stays 'none'. It is compiled while it unpacks.
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const module = await WebAssembly.compileStreaming(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));

    // The worker waits for the module, and `initSync` runs main(), which sets the real onmessage
    // before this first message is done with. So no message can fall between.
    const worker = 'onmessage = (e) => { onmessage = null; wasm_bindgen.initSync({ module: e.data }); };';
    const url = URL.createObjectURL(new Blob([glue, '\n', worker], { type: 'text/javascript' }));
    // `new Worker` is a Trusted Types sink. The one policy the CSP allows knows one answer.
    const script = globalThis.trustedTypes ? trustedTypes.createPolicy('engine', { createScriptURL: () => url }).createScriptURL('') : url;

    // All that the app gets from here. Not configurable and not writable, so it cannot be exchanged.
    const policy = document.querySelector('meta[http-equiv]').content;
    const shell = Object.freeze({
      newEngine: () => new Worker(script, { name: 'engine' }), // it starts when the module is posted to it
      setLoaded: (yes) => { setLoaded(yes); say('loaded', yes === true); },
      blocked: () => blocked, // how often the policy has refused something in this frame
      policy: () => policy,
    });
    Object.defineProperty(globalThis, 'shell', { value: shell });

    for (const node of document.querySelectorAll('script, meta')) node.remove(); // nothing left to clone; the CSP stays in force
    wasm_bindgen.initSync({ module });
  } catch (error) {
    tellUser('Guestlens could not start in this browser: ' + error);
  }
});
