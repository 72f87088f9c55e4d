// Requests and connections of every kind, from a document.
const V = {
  fetch: () => fetch(U('fetch')),
  fetchNoCors: () => fetch(U('fetchNoCors'), { mode: 'no-cors', method: 'POST', body: 'x' }),
  fetchKeepalive: () => fetch(U('fetchKeepalive'), { mode: 'no-cors', keepalive: true }),
  xhr: () => {
    const x = new XMLHttpRequest();
    x.open('GET', U('xhr'));
    x.send();
  },
  sendBeacon: () => navigator.sendBeacon(U('sendBeacon'), 'x'),
  fetchLater: () => fetchLater(U('fetchLater'), { activateAfter: 0 }),
  websocket: () => {
    new WebSocket(B.replace('http', 'ws') + '/' + T + '/websocket');
  },
  eventsource: () => {
    new EventSource(U('eventsource'));
  },
  webtransport: () => {
    const w = new WebTransport('https://127.0.0.1:' + CFG.udp + '/x');
    w.ready.catch(() => {});
    w.closed.catch(() => {});
  },
  webrtc: async () => {
    const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:' + CFG.udp }] });
    p.createDataChannel('x');
    await p.setLocalDescription(await p.createOffer());
  },
  webrtcTurnTcp: async () => {
    const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:127.0.0.1:' + CFG.tcp2 + '?transport=tcp', username: 'a', credential: 'b' }] });
    p.createDataChannel('x');
    await p.setLocalDescription(await p.createOffer());
  },
  webrtcDns: async () => {
    const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:webrtc-' + T + '.leak.test:' + CFG.udp }] });
    p.createDataChannel('x');
    await p.setLocalDescription(await p.createOffer());
  },
  webrtcViaIframe: async () => {
    const f = el('iframe', {});
    const W = f.contentWindow;
    const p = new W.RTCPeerConnection({ iceServers: [{ urls: 'stun:rtciframe-' + T + '.leak.test:' + CFG.udp }] });
    p.createDataChannel('x');
    await p.setLocalDescription(await p.createOffer());
  },
  fetchViaIframe: async () => {
    const f = el('iframe', {});
    return f.contentWindow.fetch(U('fetchViaIframe'));
  },
  srcdocIframe: () => {
    el('iframe', { srcdoc: '<img src="' + U('srcdocImg') + '"><script>fetch("' + U('srcdocScriptFetch') + '")<\/script>' });
  },
  blobIframe: () => {
    const b = URL.createObjectURL(new Blob(['<img src="' + U('blobIframeImg') + '">'], { type: 'text/html' }));
    el('iframe', { src: b });
  },
  dataIframe: () => {
    el('iframe', { src: 'data:text/html,<img src="' + U('dataIframeImg') + '">' });
  },
  javascriptUrlIframe: () => {
    el('iframe', { src: 'javascript:fetch("' + U('jsUrlIframe') + '")' });
  },
  img: () => {
    new Image().src = U('img');
  },
  imgSrcset: () => {
    el('img', { srcset: U('imgSrcset') + ' 1x' });
  },
  imgInnerHTML: () => {
    const d = el('div', {});
    d.innerHTML =
      '<img src="' +
      U('imgInnerHTML') +
      '"><style>#q{background:url(' +
      U('innerStyleUrl') +
      ')}</style><b id=q style="background-image:url(' +
      U('inlineStyleUrl') +
      ')">x</b>';
  },
  svgImage: () => {
    const d = el('div', {});
    d.innerHTML = '<svg width=9 height=9><image href="' + U('svgImage') + '" width=9 height=9 /><use href="' + U('svgUse') + '#a"/></svg>';
  },
  inputImage: () => {
    el('input', { type: 'image', src: U('inputImage') });
  },
  video: () => {
    el('video', { src: U('video'), poster: U('videoPoster'), preload: 'auto' });
  },
  audio: () => {
    const a = new Audio(U('audio'));
    a.load();
    a.play().catch(() => {});
  },
  object: () => {
    el('object', { data: U('object') });
  },
  embed: () => {
    el('embed', { src: U('embed') });
  },
  iframe: () => {
    el('iframe', { src: U('iframe') });
  },
  cssomUrl: () => {
    const d = el('div', {});
    d.textContent = 'x';
    d.style.backgroundImage = 'url(' + U('cssomUrl') + ')';
  },
  cssAdopted: () => {
    const s = new CSSStyleSheet();
    s.replaceSync('#ad{background:url(' + U('cssAdopted') + ')}');
    document.adoptedStyleSheets.push(s);
    el('div', { id: 'ad' }).textContent = 'x';
  },
  styleImport: () => {
    const s = document.createElement('style');
    s.textContent = '@import "' + U('styleImport.css') + '";';
    document.head.appendChild(s);
  },
  fontFace: () => new FontFace('zz', 'url(' + U('fontFace') + ')').load(),
  scriptSrc: () => {
    el('script', { src: U('scriptSrc.js') });
  },
  dynImport: () => import(U('dynImport.js')),
  lnkStylesheet: () => lnk({ rel: 'stylesheet', href: U('lnkStylesheet.css') }),
  lnkPreload: () => lnk({ rel: 'preload', as: 'image', href: U('lnkPreload') }),
  lnkPreloadFetch: () => lnk({ rel: 'preload', as: 'fetch', href: U('lnkPreloadFetch'), crossorigin: '' }),
  lnkPrefetch: () => lnk({ rel: 'prefetch', href: U('lnkPrefetch') }),
  lnkModulepreload: () => lnk({ rel: 'modulepreload', href: U('lnkModulepreload.js') }),
  lnkPrerender: () => lnk({ rel: 'prerender', href: U('lnkPrerender') }),
  lnkIcon: () => lnk({ rel: 'icon', href: U('lnkIcon') }),
  lnkManifest: () => lnk({ rel: 'manifest', href: U('lnkManifest') }),
  lnkDnsPrefetch: () => lnk({ rel: 'dns-prefetch', href: '//dnsprefetch-' + T + '.leak.test/' }),
  lnkPreconnect: () => lnk({ rel: 'preconnect', href: 'http://127.0.0.1:' + CFG.tcp2 + '/' }),
  lnkPreconnectDns: () => lnk({ rel: 'preconnect', href: 'http://preconnect-' + T + '.leak.test:' + CFG.port + '/' }),
  speculation: () => {
    const s = document.createElement('script');
    s.type = 'speculationrules';
    s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [U('speculation')] }] });
    document.head.appendChild(s);
  },
  sharedWorkerUrl: () => {
    new SharedWorker(U('sharedWorkerUrl.js'));
  },
  workerUrl: () => {
    new Worker(U('workerUrl.js'));
  },
  serviceWorker: () => navigator.serviceWorker.register(U('serviceWorker.js')),
  wasmStreaming: () => WebAssembly.instantiateStreaming(fetch(U('wasmStreaming'))),
  cacheAdd: async () => {
    const c = await caches.open('x');
    await c.add(U('cacheAdd'));
  },
  attributionsrc: () => {
    el('img', { attributionsrc: U('attributionsrc') });
  },
  aPing: () => {
    const a = el('a', { href: location.href.split('#')[0] + '#p', ping: U('aPing') });
    a.click();
  },
  formToIframe: () => {
    const f = el('iframe', { name: 'ff' + T });
    const fm = el('form', { action: U('formToIframe'), method: 'post', target: 'ff' + T });
    fm.submit();
  },
  iframeLocation: () => {
    const f = el('iframe', {});
    f.contentWindow.location.href = U('iframeLocation');
  },
  notificationIcon: () => {
    new Notification('x', { icon: U('notificationIcon') });
  },
  mediaSession: () => {
    navigator.mediaSession.metadata = new MediaMetadata({ title: 'x', artwork: [{ src: U('mediaSession') }] });
  },
  evalCode: () => {
    (0, eval)('fetch("' + U('evalCode') + '")');
  },
  inlineHandler: () => {
    const d = el('div', {});
    d.innerHTML = '<img src="data:," onerror="new Image().src=\'' + U('inlineHandler') + '\'">';
  },
  track: () => {
    const v = el('video', {});
    const t = document.createElement('track');
    t.src = U('track');
    t.default = true;
    v.appendChild(t);
    v.textTracks[0] && (v.textTracks[0].mode = 'showing');
  },
  audioWorklet: () => new AudioContext().audioWorklet.addModule(U('audioWorklet.js')),
  paintWorklet: () => CSS.paintWorklet.addModule(U('paintWorklet.js')),
  cssFilter: () => {
    const d = el('div', {});
    d.textContent = 'x';
    d.style.filter = 'url(' + U('cssFilter') + '#f)';
    d.style.cursor = 'url(' + U('cssCursor') + '), auto';
    d.style.maskImage = 'url(' + U('cssMask') + ')';
  },
  cssInsertRule: () => {
    const s = new CSSStyleSheet();
    document.adoptedStyleSheets.push(s);
    s.insertRule('@font-face{font-family:zq;src:url(' + U('cssInsertRule') + ')}');
    const d = el('div', {});
    d.textContent = 'x';
    d.style.fontFamily = 'zq';
  },
  paymentRequest: () =>
    new PaymentRequest([{ supportedMethods: 'https://payment-' + T + '.leak.test/' }], {
      total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
    }).canMakePayment(),
  fedCm: () => navigator.credentials.get({ identity: { providers: [{ configURL: 'https://fedcm-' + T + '.leak.test/x.json', clientId: 'x' }] } }),
  presentation: () => new PresentationRequest(['https://presentation-' + T + '.leak.test/']).getAvailability(),
  pushState: () => history.pushState(null, '', U('pushState')),
  outerHash: () => parent.postMessage(['hash', '#v=list&x=' + U('outerHash')], '*'),
  outerHashUrl: () => parent.postMessage(['hash', U('outerHashUrl')], '*'),
  outerPush: () => parent.postMessage(['hash', U('outerPush'), 'push'], '*'),
  outerFiles: () => parent.postMessage(['files', [U('outerFiles')]], '*'),
  outerSave: () => parent.postMessage(['save', U('outerSave'), new Blob(['<img src="' + U('outerSaveHtml') + '">'], { type: 'text/html' })], '*'),
  outerHeight: () => parent.postMessage(['height', '1px;background:url(' + U('outerHeight') + ')'], '*'),
};
