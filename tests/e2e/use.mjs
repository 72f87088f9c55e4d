// What a user does, by the stable names of docs/automation.md.
import fs from 'node:fs'; import path from 'node:path';
import { OUT, until } from './lib.mjs';

const by = (name, more = '') => `[data-testid="${name}"]${more}`;

/** Drives the app in its frame. */
export class App {
  constructor(page, app) { Object.assign(this, { page, app }); }

  $(name, more) { return this.app.$(by(name, more)); }
  state() { return this.app.$eval(by('app'), (node) => node.dataset.state); }
  become(state, ms) { return until(`state ${state}`, async () => await this.state() === state, ms); }
  values(name, keys, more) { // the data-* of every such element
    return this.app.$$eval(by(name, more), (nodes, keys) => nodes.map((node) => Object.fromEntries(keys.map((key) => [key, node.dataset[key]]))), keys);
  }
  number(name) { return this.app.$eval(by(name), (node) => Number(node.dataset.value)); }
  matching(count) { return until(`${count} matching`, async () => await this.number('count-matching') === count, 8000).then(() => true, () => false); }
  click(name, more) { return this.app.$eval(by(name, more), (node) => node.click()); }
  view(name) { return this.click('view-tab', `[data-view="${name}"]`).then(() => until(name, () => this.app.$(by('view-tab', `[data-view="${name}"][aria-current="page"]`)))); }
  text(selector) { return this.app.$eval(selector, (node) => node.textContent); }

  /** Writes files below tests/e2e/out and gives them to the file input. */
  async load(files, { wait = true } = {}) {
    const folder = fs.mkdtempSync(path.join(OUT, 'files-'));
    const paths = Object.entries(files).map(([name, content]) => { const file = path.join(folder, name); fs.writeFileSync(file, content); return file; });
    await (await this.$('file-input')).uploadFile(...paths);
    if (wait) { await until('loading or done', async () => await this.state() !== 'empty'); await until('ready', async () => ['ready', 'failed'].includes(await this.state())); }
  }

  async search(text) {
    await this.app.$eval(by('search'), (node, text) => { node.value = text; node.dispatchEvent(new InputEvent('input', { bubbles: true })); }, text);
  }
}
