// Last part of the same closure: compile the module once, run it here, hand it to workers.
// The frame has its parent's policy and its own, so each refusal is told twice.
const attempts = [];
const toldOnce = new Set();
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  const what = effectiveDirective + ' ' + blockedURI;
  if (toldOnce.delete(what)) return;
  toldOnce.add(what);
  attempts.push(what);
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

// The proof: every door is tried, towards a name that RFC 2606 reserves for never existing. Refused is only
// what the policy reports, or what throws at once because the lockdown or the sandbox took it away; that
// nobody answers would prove nothing.
const nowhere = 'https://guestlens.invalid/';
const paint = (property, value) => { const node = document.createElement('div'); node.style.setProperty(property, value); document.body.append(node); return node; };
const picture = (name) => { const node = document.createElement(name); node.src = nowhere + name; document.body.append(node); return node; };
const doors = {
  fetch: () => { fetch(nowhere).catch(() => {}); },
  'xml-http-request': () => { const request = new XMLHttpRequest(); request.open('GET', nowhere); request.send(); },
  beacon: () => { navigator.sendBeacon(nowhere, 'x'); },
  'web-socket': () => { new WebSocket('wss://guestlens.invalid/'); },
  'event-source': () => { new EventSource(nowhere); },
  'web-transport': () => { new WebTransport(nowhere); },
  webrtc: () => { new RTCPeerConnection(); },
  image: () => picture('img'),
  video: () => picture('video'),
  'style-image': () => paint('background-image', `url(${nowhere}style)`),
  font: () => { new FontFace('x', `url(${nowhere}font)`).load().catch(() => {}); },
  link: () => document.createElement('link'),
  frame: () => document.createElement('iframe'),
  form: () => document.createElement('form'),
  script: () => document.createElement('script'),
  eval: () => { (0, eval)('1'); },
  import: () => { import(nowhere + 'x.js').catch(() => {}); },
  worker: () => { new Worker(nowhere); },
  window: () => { if (open(nowhere) === null) throw new Error('refused'); },
  storage: () => { globalThis.localStorage.length; },
};
const tryDoor = (door) => new Promise((done) => {
  let node, end, result = 'open';
  const finish = () => { removeEventListener('securitypolicyviolation', reported); node?.remove?.(); done([door, result]); };
  // A report comes twice, and after what has thrown: none of it may be taken for the next door's.
  const soon = (what) => { result = what; clearTimeout(end); end = setTimeout(finish, 120); };
  const reported = () => soon('reported');
  addEventListener('securitypolicyviolation', reported);
  end = setTimeout(finish, 1500);
  try { node = doors[door](); } catch { if (result === 'open') soon('gone'); }
});
const tryDoors = async () => {
  const results = [];
  for (const door of Object.keys(doors)) results.push(await tryDoor(door));
  return JSON.stringify(results);
};

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

// The outer page unpacks the module while this frame starts. Here each piece is compiled while the next
// is unpacked. A stream of the page's own needs no connection: connect-src stays 'none'.
const module = WebAssembly.compileStreaming(new Response(new ReadableStream({
  start: (to) => addEventListener('message', function take({ source, data }) {
    if (source !== parent || data?.[0] !== 'module') return;
    const piece = data[1];
    if (piece.byteLength) return to.enqueue(new Uint8Array(piece));
    removeEventListener('message', take);
    if (piece instanceof Error) to.error(piece); else to.close();
  }),
}), { headers: { 'Content-Type': 'application/wasm' } }));
say('boot');

addEventListener('DOMContentLoaded', async () => {
  try {
    const code = document.getElementById('glue').textContent;
    // The worker waits for the module, and `initSync` runs main(), which sets the real onmessage
    // before this first message is done with. So no message can fall between.
    const worker = 'onmessage = (e) => { onmessage = null; wasm_bindgen.initSync({ module: e.data }); };';
    const url = URL.createObjectURL(new Blob([code, '\n', worker], { type: 'text/javascript' }));
    // `new Worker` is a Trusted Types sink. The one policy the CSP allows knows one answer.
    const script = globalThis.trustedTypes ? trustedTypes.createPolicy('engine', { createScriptURL: () => url }).createScriptURL('') : url;
    let spare = new Worker(script, { name: 'engine' }); // it starts while the module is compiled
    const compiled = await module;
    spare.postMessage(compiled); // and runs while the app does
    // The styles lie packed in the module (xtask/src/page.rs). The policy knows their hash, so no other text would act.
    const [styles] = WebAssembly.Module.customSections(compiled, 'css');
    const sheet = plain(document, 'style');
    sheet.textContent = new TextDecoder().decode(styles);
    document.head.append(sheet);

    // All that the app gets from here. Not configurable and not writable, so it cannot be exchanged.
    const policy = document.querySelector('meta[http-equiv]').content;
    const shell = Object.freeze({
      newEngine: () => {
        const engine = spare ?? new Worker(script, { name: 'engine' });
        if (!spare) engine.postMessage(compiled);
        spare = null;
        return engine;
      },
      setLoaded: (yes) => { setLoaded(yes); say('loaded', yes === true); },
      blocked: () => JSON.stringify(attempts), // what the policy has refused in this frame
      policy: () => policy,
      tryDoors, // one after the other; what became of each, as JSON
    });
    Object.defineProperty(globalThis, 'shell', { value: shell });

    for (const node of document.querySelectorAll('script, meta')) node.remove(); // nothing left to clone; the CSP stays in force
    wasm_bindgen.initSync({ module: compiled });
  } catch (error) {
    tellUser('Guestlens could not start in this browser: ' + error);
  }
});
