// Only in dist/bench.html: the hooks of a load and query benchmark, on the outer page.
//
// To the app: ['bench', id, 'ready'], ['bench', id, 'load', File],
// ['bench', id, 'query', name, activity, needle]. The app answers ['bench', id, json]:
// ready: anything, as soon as the engine can take files; load: {"rows": n} when every row can be
// queried; query: the value (a count, {"n", "max"} or {"n", "oldest", "newest"}).
const waiting = new Map();
const ask = (...words) => new Promise((done) => {
  const id = waiting.size + 1;
  waiting.set(id, done);
  tell('bench', id, ...words);
});
addEventListener('message', ({ source, data }) => {
  if (source !== frame()?.contentWindow || !Array.isArray(data)) return;
  if (data[0] === 'bench') waiting.get(data[1])?.(JSON.parse(data[2]));
  if (data[0] === 'hello') ask('ready').then(() => { window.__initMs = performance.now(); window.__ready = true; });
});
window.__load = (file) => ask('load', file);
window.__query = async (name) => {
  const { filterActivity = '', needle = '' } = window.__truth ?? {};
  const start = performance.now(), value = await ask('query', name, filterActivity, needle);
  return { ms: performance.now() - start, value };
};
addEventListener('DOMContentLoaded', () => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', id: 'bench-file', ariaLabel: 'File to measure' });
  document.body.prepend(input);
});
