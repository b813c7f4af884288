// Opens the HTML report in a headless Chromium and uses it as a reader does: filters, order, deep
// links, the keyboard; looks for accessibility violations, for anything hostile that ran, and at
// the time that ten thousand findings take. Screenshots and a printed page go to FOLDER/shots.
//
//   node tests/browser/page.mjs FOLDER     with seed, fetched, hostile and large .html in it
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const folder = process.argv[2];
const shots = `${folder}/shots`;
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The sandbox refuses root, who is alone in a container.
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
});

// Opens a page; `said` gathers all that it should not do: messages, dialogs, violations of its
// policy, requests for anything but itself.
const open = async (name, { hash = '', script = true, width = 1400 } = {}) => {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(script);
  const said = [];
  page.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('console', (message) => said.push(`console: ${message.text()}`));
  const client = await page.createCDPSession();
  await client.send('Log.enable');
  client.on('Log.entryAdded', ({ entry }) => said.push(`log: ${entry.source}: ${entry.text}`));
  const address = pathToFileURL(`${folder}/${name}.html`).href + hash;
  page.on('request', (request) => { if (request.url() !== address) said.push(`request: ${request.url()}`); });
  const before = performance.now();
  await page.goto(address);
  if (script) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return { page, client, said, took: performance.now() - before };
};
const shown = (page) => page.$$eval('.finding', (all) => all.length);
const all = (page, what) => page.$$eval('.finding', (found, key) => found.map((it) => it.dataset[key]), what);
const status = (page) => page.$eval('#status', (element) => element.textContent);

// What an act leads to comes a moment after it: the page answers in a task of its own.
const eventually = async (read, pattern, what) => {
  const ends = Date.now() + 10_000;
  while (!pattern.test(await read()) && Date.now() < ends) await new Promise((done) => setTimeout(done, 20));
  assert.match(await read(), pattern, what);
};
const address = (page) => page.evaluate(() => location.href);
const active = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.name || document.activeElement.tagName);
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };

const accessible = async (page, client, about) => {
  // The policy lets no script in, and so the checker comes by the debugger.
  await client.send('Runtime.evaluate', { expression: axe });
  const { result } = await client.send('Runtime.evaluate', {
    expression: `axe.run().then((found) => JSON.stringify(found.violations.map((violation) =>
      [violation.impact, violation.id, violation.nodes.slice(0, 3).map((node) => node.target.join(' ') + ': ' + node.failureSummary)])))`,
    awaitPromise: true,
  });
  const violations = JSON.parse(result.value);
  console.log(`axe, ${about}:`, violations.length === 0 ? 'no violations' : JSON.stringify(violations));
  assert.deepEqual(violations, [], about);
};

// How it looks, and to whom: light and dark, wide and narrow, printed.
for (const name of ['seed', 'fetched', 'hostile']) {
  const { page, client, said } = await open(name);
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const width of [1400, 768, 390]) {
      await page.setViewport({ width, height: 900 });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${name}: at ${width} the page is ${beyond} too wide`);
      await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png`, fullPage: name === 'seed' });
      await accessible(page, client, `${name}, ${scheme}, ${width} wide`);
    }
  }
  await page.setViewport({ width: 1400, height: 900 });
  await page.pdf({ path: `${shots}/${name}.pdf`, format: 'A4' });
  assert.deepEqual(said, [], `${name}: nothing ran, nothing was asked for`);
  await page.close();
}

// Pictures: no label out of its picture, none upon another, none upon a mark, at any width; what a
// finding says of either side has room. Returns what is wrong.
const misplaced = (page) => page.evaluate(() => {
  const wrong = [];
  for (const details of document.querySelectorAll('details')) details.open = true;
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  for (const picture of document.querySelectorAll('.plot, .strip, .axis')) {
    if (!seen(picture)) continue;
    const box = picture.getBoundingClientRect();
    const labels = [...picture.querySelectorAll('text')].filter(seen).map((text) => [text.textContent, text.getBoundingClientRect()]);
    const marks = [...picture.querySelectorAll('.from, .to')].map((mark) => mark.getBoundingClientRect());
    const about = `${picture.getAttribute('class')} of ${picture.closest('[id]')?.id}`;
    labels.forEach(([text, label], number) => {
      if (!within(label, box)) wrong.push(`${about}: ${text} stands out`);
      for (const [other, of] of labels.slice(number + 1)) if (meet(label, of)) wrong.push(`${about}: ${text} upon ${other}`);
      if (marks.some((mark) => meet(label, mark))) wrong.push(`${about}: ${text} upon a mark`);
    });
  }
  for (const text of document.querySelectorAll('.sides p, .gaps li, .timeline td, .facet td, h3, h4')) {
    if (seen(text) && text.scrollWidth > text.clientWidth + 1) wrong.push(`${text.className || text.localName} has no room: ${text.textContent.slice(0, 60)}`);
  }
  return wrong;
});
// PAGES names more reports in the folder to look at.
for (const name of ['seed', 'fetched', 'hostile', 'fixtures', ...(process.env.PAGES ?? '').split(',').filter(Boolean)]) {
  const { page, said } = await open(name);
  const pages = await page.$eval('#page', (it) => Number(/of (\d+)/.exec(it.textContent)[1]));
  for (let number = 1; number <= pages; number += 1) {
    for (const width of [1400, 768, 390]) {
      await page.setViewport({ width, height: 900 });
      await page.waitForFunction(() => !document.querySelector('.quick'));
      assert.deepEqual(await misplaced(page), [], `${name}, page ${number}, ${width} wide`);
    }
    await press(page, ']');
  }
  assert.deepEqual(said, []);
  console.log(`${name}: every label in its place, on ${pages} pages of findings`);
  await page.close();
}

// The points of the picture: the keyboard reaches every one, Enter filters to it, a brush to a span,
// Escape shows all.
{
  const { page, said } = await open('fetched');
  const dated = (await page.$$eval('.finding', (found) => found.map((it) => [it.dataset.at, it.dataset.to]))).filter(([, to]) => to);
  const points = new Set(dated.map((pair) => pair.join(' ')));
  const before = await status(page);
  await page.focus('#field');
  await press(page, 'Home');
  const told = new Set();
  for (const _ of points) {
    const text = await page.$eval('#point', (it) => it.textContent);
    told.add(/Article of (\S+), link to a page of (\S+):/.exec(text).slice(1, 3).join(' '));
    await press(page, 'ArrowRight');
  }
  assert.deepEqual([...told].sort(), [...points].sort(), 'every point is reached');
  await press(page, 'End', 'Enter');
  await eventually(() => address(page), /article=.*&target=/, 'a point has an address');
  assert.match(await status(page), / of /);
  await page.focus('#field');
  await press(page, 'Escape');
  assert.equal(await status(page), before);
  assert.equal(await page.$eval('#field .at', (it) => it.getAttribute('d')), '', 'nothing is marked');
  await page.$eval('#field', (it) => it.scrollIntoView({ block: 'center' }));
  const field = await page.$eval('#field', (it) => it.getBoundingClientRect().toJSON());
  await page.mouse.move(field.left + 2, field.top + 2);
  await page.mouse.down();
  await page.mouse.move(field.right - 2, field.bottom - 2, { steps: 4 });
  await page.mouse.up();
  await eventually(() => status(page), /articles of/, 'a brush filters to its span');
  assert.deepEqual(new Set(await all(page, 'to')).has(''), false);
  assert.deepEqual(said, []);
  await page.close();
}

// A picture of the whole page has no blank findings, filtered or not; on paper there are no controls.
{
  const { page } = await open('fetched', { hash: '#level=error' });
  await page.waitForFunction(() => !document.querySelector('.quick'));
  assert.ok(await page.$$eval('.finding', (found) => found.every((it) => it.checkVisibility({ contentVisibilityAuto: true }))));
  await page.emulateMediaType('print');
  for (const hidden of ['#filters', '#pages', '#clean', '.all-dates', 'footer']) {
    assert.ok(await page.$$eval(hidden, (found) => found.every((it) => !it.checkVisibility())), `${hidden} on paper`);
  }
  await page.close();
}

// The seed's picture: the mark of 2025 stands far right of the article's, and both say who claims them.
{
  const { page } = await open('seed');
  const marks = await page.$$eval('.strip .from, .strip .to', (found) => found.map((mark) => mark.getBoundingClientRect().toJSON()));
  assert.equal(marks.length, 2);
  const width = await page.$eval('.strip', (svg) => svg.getBoundingClientRect().width);
  assert.ok(marks[1].left - marks[0].right > width / 2, 'what cannot be is seen at a glance');
  assert.match(await page.$eval('.finding .right', (side) => side.textContent), /October 17, 2025.*URL path/);
  assert.match(await page.$eval('.gaps li', (gap) => gap.textContent), /7 years, 4 months/);
  await page.close();
}

// Nothing hostile runs or acts; it is shown for what it is.
{
  const { page, said } = await open('hostile');
  await page.waitForFunction(() => !document.querySelector('.quick'));
  const seen = await page.evaluate(() => ({
    pwned: window.pwned,
    text: document.body.innerText,
    scripts: document.querySelectorAll('script').length,
    strange: document.querySelectorAll('img, iframe, object, embed, style ~ style').length,
    handlers: [...document.querySelectorAll('*')].flatMap((it) => it.getAttributeNames()).filter((name) => name.startsWith('on')),
    addresses: [...document.querySelectorAll('a')].map((link) => link.protocol),
  }));
  assert.equal(seen.pwned, undefined);
  assert.equal(seen.scripts, 1);
  assert.equal(seen.strange, 0);
  assert.deepEqual(seen.handlers, []);
  assert.ok(seen.addresses.every((protocol) => ['file:', 'http:', 'https:'].includes(protocol)), `${new Set(seen.addresses)}`);
  assert.ok(seen.text.includes('</script>') && seen.text.includes('onerror='), 'markup shows escaped');
  assert.ok(seen.text.includes('\\u{202e}'), 'what reverses text is shown');
  assert.doesNotMatch(seen.text, /[\u202a-\u202e\u2066-\u2069\u0000]/);
  await press(page, 'j');
  await page.$$eval('.finding', (found) => found.forEach((it) => it.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))));
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(said, []);
  await page.close();
}

// Filters and order.
{
  const { page, said } = await open('fetched');
  const count = await shown(page);
  assert.ok(count > 5, 'the report has findings');
  const rules = new Set(await all(page, 'rule'));
  assert.ok(rules.size > 2);
  const [rule] = rules;
  await page.select('[name=rule]', rule);
  assert.deepEqual(new Set(await all(page, 'rule')), new Set([rule]));
  await eventually(() => address(page), new RegExp(`#rule=${rule}$`), 'the address holds the filter');
  await page.click('button[type=reset]');
  assert.equal(await shown(page), count);
  await page.select('[name=level]', 'warning');
  assert.deepEqual(new Set(await all(page, 'level')), new Set(['warning']));
  await page.select('[name=level]', '');
  await page.select('[name=sure]', 'low');
  assert.deepEqual(new Set(await all(page, 'sure')), new Set(['low']));
  await page.select('[name=sure]', '');
  const host = (await all(page, 'host')).find(Boolean);
  await page.type('[name=host]', host);
  assert.ok((await all(page, 'host')).every((it) => it.includes(host)));
  await page.click('button[type=reset]');
  await page.select('[name=sort]', 'level');
  const levels = (await all(page, 'level')).map((level) => ['error', 'warning', 'note'].indexOf(level));
  assert.deepEqual(levels, [...levels].sort(), 'worst first');
  assert.ok(await page.$('.finding .strip'), 'pictures stay, whatever the order');
  await page.select('[name=sort]', 'host');
  const hosts = await all(page, 'host');
  assert.deepEqual(hosts, [...hosts].sort((a, b) => a.localeCompare(b)), 'by host');
  await page.select('[name=sort]', '');
  await page.click('.facet a');
  await eventually(() => status(page), / of /, 'a figure of the overview filters');
  assert.deepEqual(said, []);
  await page.close();
}

// The keyboard alone: the skip link, search, a select, findings, a finding's own address.
{
  const { page, said } = await open('fetched');
  const count = await shown(page);
  await press(page, 'Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await press(page, 'Enter');
  assert.equal(await active(page), 'results');
  await press(page, '/');
  assert.equal(await active(page), 'q');
  await page.keyboard.type('no such words anywhere');
  assert.equal(await shown(page), 0);
  await eventually(() => status(page), /nothing fits/);
  await page.keyboard.down('Control');
  await press(page, 'a');
  await page.keyboard.up('Control');
  await press(page, 'Backspace');
  assert.equal(await shown(page), count);
  await press(page, 'Tab', 'e');
  assert.deepEqual(new Set(await all(page, 'level')), new Set(['error']));
  await page.focus('button[type=reset]');
  await press(page, 'Enter');
  assert.equal(await shown(page), count, 'Show all');
  const [one, two] = await page.$$eval('.finding', (found) => found.map((it) => it.id));
  await press(page, 'j', 'j');
  assert.equal(await active(page), two);
  await press(page, 'k');
  assert.equal(await active(page), one);
  await press(page, 'Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'rule');
  await press(page, 'Enter');
  await eventually(() => address(page), /#rule=/);
  assert.deepEqual(said, []);
  await page.close();
}

// Deep links: to a finding that a filter hides, to a document, to filters, to a page.
{
  const { page, said } = await open('fetched', { hash: '#f3' });
  assert.equal(await active(page), 'f3');
  assert.ok(await page.$eval('#f3', (it) => it.getBoundingClientRect().top < innerHeight));
  await page.evaluate(() => { location.hash = 'level=error&sort=host'; });
  await page.waitForFunction(() => document.querySelector('[name=level]').value === 'error');
  assert.equal(await page.$eval('[name=sort]', (it) => it.value), 'host');
  await page.evaluate(() => { location.hash = 'd2'; });
  await page.waitForFunction(() => document.activeElement.id === 'd2-t');
  await page.focus('.finding a[href^="#silence-"]');
  await press(page, 'Enter');
  assert.ok(await page.$eval(':target', (it) => it.textContent.length > 0), 'how to silence it');
  assert.deepEqual(said, []);
  await page.close();
}

// Without its script the page is read from top to bottom.
{
  const { page, said } = await open('fetched', { script: false });
  const { page: whole } = await open('fetched');
  assert.equal(await shown(page), await shown(whole));
  assert.equal(await page.$eval('#filters', (form) => form.hidden), true);
  assert.deepEqual(said, []);
  await page.close();
  await whole.close();
}

// Ten thousand findings.
{
  const took = [];
  for (const _ of [1, 2, 3]) {
    const opened = await open('large');
    took.push(opened.took);
    await opened.page.close();
  }
  const { page, said } = await open('large');
  await eventually(() => status(page), /^10,000 findings/);
  assert.ok(await shown(page) <= 25, 'one page at a time');
  await press(page, ']');
  assert.match(await page.$eval('#page', (it) => it.textContent), /^Page 2 of/);
  const far = await open('large', { hash: '#f9000' });
  assert.equal(await active(far.page), 'f9000', 'a finding far below the first page');
  assert.ok(await far.page.$eval('#f9000', (it) => it.querySelector('pre') && it.closest('.document').querySelector('h3')));
  assert.deepEqual(far.said, []);
  await far.page.close();
  // Nobody types before having looked; meanwhile the page makes its words ready.
  await new Promise((done) => setTimeout(done, 3000));
  const change = (name, value) => page.evaluate((name, value) => {
    const form = document.getElementById('filters');
    const before = performance.now();
    form.elements[name].value = value;
    form.dispatchEvent(new Event('input', { bubbles: true }));
    void document.body.offsetHeight;
    const time = performance.now() - before;
    form.reset();
    // The next change comes when this one has been drawn, as it does for a reader.
    return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0, Math.round(time))));
  }, name, value);
  const filtered = [];
  for (const [name, value] of [['q', 'published'], ['q', 'p'], ['q', 'nowhere'], ['level', 'error'], ['host', 'host-7'], ['sort', 'rule'], ['sort', 'host']]) {
    filtered.push([`${name}=${value}`, await change(name, value)]);
  }
  console.log(`10,000 findings: opened in ${took.map(Math.round).join(', ')} ms; ${filtered.map((it) => it.join(' in ')).join(', ')} ms`);
  assert.ok(Math.min(...took) < 2000, 'opens in under 2 s');
  assert.ok(filtered.every(([, time]) => time < 100), 'filters in under 100 ms');
  assert.deepEqual(said, []);
  await page.close();
}
await browser.close();
