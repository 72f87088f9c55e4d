// Put before every list. CFG = { base, port, udp, tcp2, tag } says where the listeners are.
const B = CFG.base,
  T = CFG.tag;
const U = (v) => B + '/' + T + '/' + v;
const el = (n, a) => {
  const e = document.createElement(n);
  for (const k in a) e.setAttribute(k, a[k]);
  document.body.appendChild(e);
  return e;
};
const lnk = (a) => {
  const e = document.createElement('link');
  for (const k in a) e.setAttribute(k, a[k]);
  document.head.appendChild(e);
};
// Runs one list, one after the other, and says what the caller of each saw.
async function attempt(list, wait) {
  const said = {};
  for (const name in list) {
    try {
      const r = await Promise.race([list[name](), new Promise((r) => setTimeout(() => r('pending'), wait))]);
      said[name] = 'ran ' + (typeof r === 'string' ? r : '');
    } catch (e) {
      said[name] = 'threw ' + e.name + ': ' + String(e.message).slice(0, 90);
    }
  }
  return said;
}
