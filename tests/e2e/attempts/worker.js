// From the engine's worker. The names start with w-, to be told from the document's.
const W_URL = (v) => U('w-' + v);
const W = {
  fetch: () => fetch(W_URL('fetch')),
  xhr: () => {
    const x = new XMLHttpRequest();
    x.open('GET', W_URL('xhr'));
    x.send();
  },
  xhrSync: () => {
    const x = new XMLHttpRequest();
    x.open('GET', W_URL('xhrSync'), false);
    x.send();
  },
  websocket: () => {
    new WebSocket(CFG.base.replace('http', 'ws') + '/' + CFG.tag + '/w-websocket');
  },
  eventsource: () => {
    new EventSource(W_URL('eventsource'));
  },
  importScripts: () => importScripts(W_URL('importScripts.js')),
  importScriptsBlob: () => importScripts(URL.createObjectURL(new Blob(['self.__bl=1']))),
  dynImport: () => import(W_URL('dynImport.js')),
  webtransport: () => {
    const w = new WebTransport('https://127.0.0.1:' + CFG.udp + '/w');
    w.ready.catch(() => {});
    w.closed.catch(() => {});
  },
  nestedUrl: () => {
    new Worker(W_URL('nestedUrl.js'));
  },
  nestedBlob: () =>
    new Promise((res, rej) => {
      const w = new Worker(
        URL.createObjectURL(new Blob(['fetch("' + W_URL('nestedBlobFetch') + '").then(()=>postMessage("LEAK"),e=>postMessage("blocked "+e.name))'])),
      );
      w.onmessage = (e) => res('nested: ' + e.data);
      w.onerror = (e) => rej(new Error('nested worker error ' + e.message));
      setTimeout(() => res('nested: timeout'), 1500);
    }),
  fontFace: () => new FontFace('z', 'url(' + W_URL('fontFace') + ')').load(),
  evalCode: () => {
    (0, eval)('1+1');
  },
  cacheAdd: async () => {
    const c = await caches.open('x');
    await c.add(W_URL('cacheAdd'));
  },
  rtc: () => {
    new RTCPeerConnection();
  },
  sendBeacon: () => navigator.sendBeacon(W_URL('sendBeacon'), 'x'),
  wsStream: () => {
    new WebSocketStream(CFG.base.replace('http', 'ws') + '/' + CFG.tag + '/w-wsStream');
  },
};
