// First statements of the app's frame, before the glue. The sandbox and the CSP close almost every
// way out; this closes the few they leave: WebRTC, and <link rel=preconnect> however it is made.
// This, leave.js, drop.js and boot.js become one closure (xtask/src/page.rs), so nothing here is reachable later on.

// A pattern, so that next year's setHTMLSomehow is struck too. In strict mode a refused `delete`
// throws, and an app whose lockdown failed does not start.
const strike = (owner, pattern) => {
  for (const name of Object.getOwnPropertyNames(owner)) if (pattern.test(name)) delete owner[name];
};
strike(globalThis, /^(webkit|moz)?RTC|^(WebTransport|fetchLater|XSLTProcessor|DOMParser|Sanitizer|SharedWorker|PaymentRequest|PresentationRequest)$/);

// Everything that makes elements out of markup, and everything that makes a second document.
for (const owner of [Element.prototype, ShadowRoot.prototype, Document, Document.prototype]) strike(owner, /HTML/);
strike(Document.prototype, /^(write|writeln|open|execCommand)$/);
strike(Range.prototype, /^createContextualFragment$/);
strike(DOMImplementation.prototype, /^create/);            // createDocument(ns, 'link') is a way to a <link>
strike(CustomElementRegistry.prototype, /^define$/);       // class extends HTMLLinkElement is another

// What is left is createElement. Its originals live on only in this closure, and the check uses
// captured built-ins: a later `Set.prototype.has = () => false` changes nothing.
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const lower = uncurry(String.prototype.toLowerCase), split = uncurry(String.prototype.split), text = String;
const refused = new Set(['a', 'area', 'link', 'iframe', 'frame', 'frameset', 'object', 'embed', 'base', 'form', 'portal', 'fencedframe', 'script', 'style', 'meta']);
const isRefused = refused.has.bind(refused);
const check = (value) => {
  const name = text(value);                                 // once: an object could answer 'b' first and 'link' next
  const parts = split(lower(name), ':');
  for (let at = 0; at < parts.length; at++) if (isRefused(parts[at])) throw new TypeError('refused element');
  return name;
};
const { createElement, createElementNS } = Document.prototype;
const plain = uncurry(createElement), spaced = uncurry(createElementNS);
const replace = (name, value) => Object.defineProperty(Document.prototype, name, { value, writable: false, configurable: false });
replace('createElement', function (name) { return plain(this, check(name)); });
replace('createElementNS', function (space, name) { return spaced(this, space, check(name)); });

// `location` cannot be taken away. The outer page's frame-src 'none' refuses every address, but
// Chromium looks the name up and connects before it asks the policy. The question of leave.js comes
// earlier still: once the user has touched the frame, nothing is sent before the answer, and Stay
// keeps the app. It is asked only while files are loaded: before that there is nothing to tell.

