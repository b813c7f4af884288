// Takes pictures of a report, light and dark: of its top, and of its first finding.
//
//   node draw.mjs REPORT.html FOLDER
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [report, folder] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The sandbox refuses root, who is alone in a container.
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
});
const page = await browser.newPage();
await page.setViewport({ width: 1000, height: 900 });
await page.goto(pathToFileURL(report).href);
await page.waitForFunction(() => !document.querySelector('.quick'));
// Down to the end of the widest gap; and the first finding.
const parts = await page.evaluate(() => {
  const [gap, finding] = ['.gaps', '.finding'].map((part) => document.querySelector(part).getBoundingClientRect());
  return {
    page: { x: 0, y: 0, width: innerWidth, height: Math.ceil(gap.bottom + scrollY) + 24 },
    finding: { x: 0, y: Math.floor(finding.top + scrollY) - 12, width: innerWidth, height: Math.ceil(finding.height) + 24 },
  };
});
for (const scheme of ['light', 'dark']) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  for (const [name, clip] of Object.entries(parts)) {
    await page.screenshot({ path: `${folder}/${name}-${scheme}.png`, clip, captureBeyondViewport: true });
  }
}
await browser.close();
