// Makes rows for the page's test out of those of a run over the fixtures.
//
//   node tests/browser/rows.mjs ROWS.jsonl FOLDER
//
// FOLDER/fetched.jsonl: what a network could have answered, so that there are figures of reference
// rot, captures and claims of targets. FOLDER/hostile.jsonl: every foreign string tries to run,
// to reverse or to hide something. FOLDER/large.jsonl: ten thousand findings.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, folder] = process.argv.slice(2);
const rows = readFileSync(source, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const write = (name, made) => {
  writeFileSync(`${folder}/${name}.jsonl`, made.map((row) => `${JSON.stringify(row)}\n`).join(''));
};
const copy = (row) => structuredClone(row);

const claim = {
  event: 'published', date: '2019-02-03', earliest: '2019-02-02T10:00:00Z', before: '2019-02-04T12:00:00Z',
  source: 'json-ld', confidence: 'high', quote: '2019-02-03', span: null,
};
const answer = (url, number) => {
  const chain = [{ url, status: number % 4 === 0 ? 404 : 200 }];
  const fetched = '2025-12-31T10:00:00Z';
  if (number % 4 === 0) return { verdict: 'not-found', code: 404, detail: '404 Not Found', chain, fetched };
  const capture = { which: 'earliest', url: `https://archive.example/20190204/${url}`, captured: '2019-02-04T00:00:00Z' };
  return { verdict: 'ok', code: 200, url, title: 'A page', chain, claims: [claim], fetched, captures: [capture] };
};
let links = 0;
write('fetched', rows.map((row) => {
  const made = copy(row);
  for (const link of made.links) if (/^https?:/.test(link.url)) link.status = answer(link.url, links++);
  return made;
}));

const HOSTILE = '</script></title></style><script>window.pwned=1;alert(1)</script>'
  + '<img src=x onerror="window.pwned=2"><svg onload=alert(3)><a href="javascript:alert(4)">x</a>'
  + '{{7*7}} \u202egnp.exe\u202c \u2066hidden\u2069 \u0000 ]]> --> "\' onmouseover=alert(5) x="';
write('hostile', rows.map((row) => {
  const made = copy(row);
  made.input = made.document.input = `${HOSTILE}.md`;
  made.document.title = HOSTILE;
  for (const piece of made.source ?? []) piece.text = HOSTILE.slice(0, piece.text.length).padEnd(piece.text.length);
  for (const stated of made.claims) stated.quote = HOSTILE;
  made.links.forEach((link, number) => {
    link.text = link.label = HOSTILE;
    link.url = number % 2 === 0 ? 'javascript:window.pwned=6' : link.url;
  });
  for (const finding of made.findings) {
    finding.title = finding.message = finding.help = HOSTILE;
    finding.url = 'javascript:window.pwned=7';
    for (const stated of finding.because) stated.quote = HOSTILE;
    if (finding.suggestion) finding.suggestion.replacement = finding.suggestion.title = HOSTILE;
  }
  return made;
}));

const large = [];
for (let findings = 0, round = 0; findings < 10_000; round++) {
  for (const row of rows) {
    if (findings >= 10_000) break;
    const made = copy(row);
    made.document.id = `${round}`;
    made.findings = made.findings.slice(0, 10_000 - findings);
    for (const finding of made.findings) {
      const url = finding.url && new URL(finding.url);
      if (url?.host) finding.url = finding.url.replace(url.host, `host-${round % 50}.example`);
    }
    findings += made.findings.length;
    large.push(made);
  }
}
write('large', large);
