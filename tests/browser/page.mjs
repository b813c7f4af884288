// Opens the HTML report in a headless Chromium and uses it as a reader does: filters, order, deep
// links, the keyboard; looks for accessibility violations, for anything hostile that ran, and at
// the time that ten thousand findings take. Screenshots go to the folder that is named second.
//
//   node tests/browser/page.mjs REPORT.html SHOTS [LARGE.html]
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const [report, shots, large] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const open = async (file, hash = '') => {
  const page = await browser.newPage();
  const said = [];
  page.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on('console', (message) => said.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(file|data|about):/.test(request.url())) said.push(`request: ${request.url()}`);
  });
  const before = performance.now();
  await page.goto(pathToFileURL(file).href + hash);
  return { page, said, took: performance.now() - before };
};
const shown = (page) => page.$$eval('.finding', (all) => all.length);
const status = (page) => page.$eval('#status', (element) => element.textContent);

const { page, said } = await open(report);
const all = await shown(page);
assert.ok(all > 0, 'the report has findings');
for (const scheme of ['light', 'dark']) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  for (const width of [1280, 420]) {
    await page.setViewport({ width, height: 900 });
    await page.screenshot({ path: `${shots}/${scheme}-${width}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `at ${width} the page is ${wide} too wide`);
  }
  await page.setViewport({ width: 1280, height: 900 });
  // The page's policy lets no script in, and so the checker comes by the debugger.
  const client = await page.createCDPSession();
  await client.send('Runtime.evaluate', { expression: axe });
  const { result } = await client.send('Runtime.evaluate', {
    expression: 'axe.run().then((found) => JSON.stringify(found.violations.map((v) => [v.impact, v.id, v.nodes.map((n) => n.target.join(" ")).slice(0, 3)])))',
    awaitPromise: true,
  });
  const violations = JSON.parse(result.value);
  console.log(`axe (${scheme}):`, JSON.stringify(violations));
  assert.ok(!violations.some(([impact]) => impact === 'serious' || impact === 'critical'), 'accessibility');
}

// Filter, with the keyboard only.
await page.keyboard.press('/');
await page.keyboard.type('no such words anywhere');
assert.equal(await shown(page), 0);
assert.match(await status(page), /nothing fits/);
await page.click('button[type=reset]');
assert.equal(await shown(page), all);
await page.select('[name=level]', 'error');
assert.ok((await page.$$eval('.finding', (found) => found.every((it) => it.dataset.level === 'error'))));
await page.select('[name=level]', '');
await page.select('[name=sort]', 'level');
const order = await page.$$eval('.finding', (found) => found.map((it) => ['error', 'warning', 'note'].indexOf(it.dataset.level)));
assert.deepEqual(order, [...order].sort(), 'worst first');
await page.select('[name=sort]', '');
await page.focus('body');
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press('j');
assert.ok(await page.evaluate(() => document.activeElement.classList.contains('finding')), 'j goes to a finding');
assert.deepEqual(said, [], 'nothing ran, nothing was asked for');

// Deep links: to a finding that a filter would hide, and to filters.
const deep = await open(report, `#f${all}`);
assert.equal(await deep.page.evaluate(() => document.activeElement.id), `f${all}`);
const narrowed = await open(report, '#level=error');
assert.match(await status(narrowed.page), / of | findings/);
assert.deepEqual([...deep.said, ...narrowed.said], []);

if (large) {
  const { page: many, took } = await open(large);
  const filtering = await many.evaluate(() => {
    const form = document.getElementById('filters');
    const times = [];
    for (const word of ['a', 'an', 'gone nowhere', 'error']) {
      form.elements.q.value = word;
      const before = performance.now();
      form.dispatchEvent(new Event('input', { bubbles: true }));
      document.body.offsetHeight;
      times.push(performance.now() - before);
    }
    return times;
  });
  console.log(`large: ${await status(many)}; opened in ${Math.round(took)} ms, filtered in ${filtering.map(Math.round)} ms`);
}
await browser.close();
