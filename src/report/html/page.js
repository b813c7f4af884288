'use strict';
// Filters, sorts and pages what stands in the page already. Everything is taken out of the page
// once and put back by the part, so that what is laid out does not grow with the number of findings.
(() => {
  const PAGE = 25;
  const LEVELS = { error: 0, warning: 1, note: 2 };
  const SURE = { high: 0, medium: 1, low: 2 };
  const list = document.getElementById('list');
  const form = document.getElementById('filters');
  const status = document.getElementById('status');
  const pages = document.getElementById('pages');
  const fields = ['q', 'level', 'sure', 'rule', 'host', 'year', 'sort'];
  const none = () => ({ q: '', level: '', sure: '', rule: '', host: '', year: '', sort: '', article: '', target: '', page: 0 });

  // The words of a piece of the page: its elements are taken out, its characters stand for themselves.
  const words = (markup) => markup.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code));
  const attribute = (markup, name) => words((new RegExp(` ${name}="([^"]*)"`).exec(markup) ?? ['', ''])[1]);
  const elementOf = (markup) => {
    const holder = document.createElement('template');
    holder.innerHTML = markup;
    return holder.content.firstElementChild;
  };

  // One item a finding. What stands below the first page of findings is text as long as there are
  // scripts (noscript): it becomes elements when it is shown, since a browser takes many seconds to
  // make them of ten thousand findings.
  const items = [];
  const documents = new Map();
  const add = (section, about, made) => items.push({
    section, about, element: null, markup: '', id: '', rule: '', level: '', sure: '', host: '', at: '', to: '', fold: '',
    text: null, place: items.length, ...made,
  });
  // A document that is made of elements, and one that is text; the text of a page is escaped, so
  // that what looks like an element in it can only be one of the page's own.
  const readElement = (element) => {
    const section = { element, markup: '', id: element.id };
    const found = [...element.querySelectorAll('.finding')].map((finding) => ({ element: finding, id: finding.id, ...finding.dataset }));
    const about = element.querySelector('.about').textContent;
    for (const finding of element.querySelectorAll('.finding, .fold')) finding.remove();
    return [section, about, found];
  };
  const FINDING = /<article [^>]*?id="(f\d+)"[^>]*?data-rule="([^"]*)" data-level="([^"]*)" data-sure="([^"]*)" data-host="([^"]*)" data-at="([^"]*)" data-to="([^"]*)"(?: data-fold="([^"]*)")?>[^]*?<\/article>/g;
  const FOLDS = /<details class="fold">[^]*?<\/details>/g;
  const readText = (markup) => {
    const found = [...markup.matchAll(FINDING)].map(([finding, id, rule, level, sure, host, at, to, fold]) => ({
      markup: finding, id, rule, level, sure, host: words(host), at, to, fold: words(fold ?? ''),
    }));
    const rest = markup.replace(FOLDS, '').replace(FINDING, '');
    const section = { element: null, markup: rest, id: attribute(rest, 'id') };
    const about = words((/<div class="about">[^]*?<\/div>/.exec(rest) ?? [''])[0]);
    return [section, about, found];
  };
  list.remove();
  for (const part of list.children) {
    const [section, about, found] = part.localName === 'noscript' ? readText(part.textContent) : readElement(part);
    documents.set(section.id, { section, first: items.length });
    for (const made of found) add(section, about, made);
  }
  list.replaceChildren();
  document.querySelector('#results > noscript').after(list);
  const total = items.length;
  const sectionOf = ({ section }) => (section.element ??= elementOf(section.markup));
  const findingOf = (item) => (item.element ??= elementOf(item.markup));
  const text = (item) => (item.text ??= `${item.about} ${item.element ? item.element.textContent : words(item.markup)}`.toLowerCase());
  // The words to search are made ready while nobody waits for anything.
  const prepare = (from) => {
    const end = performance.now() + 8;
    let at = from;
    while (at < items.length && performance.now() < end) text(items[at++]);
    if (at < items.length) setTimeout(prepare, 4, at);
  };

  const { compare } = new Intl.Collator();
  const by = (key) => (a, b) => (a[key] === b[key] ? 0 : compare(a[key], b[key])) || a.place - b.place;
  const worst = (a, b) => LEVELS[a.level] - LEVELS[b.level] || SURE[a.sure] - SURE[b.sure];
  const days = ({ at, to }) => (at && to ? (Date.parse(to) - Date.parse(at)) / 864e5 : -1);
  const orders = {
    level: (a, b) => worst(a, b) || a.place - b.place,
    gap: (a, b) => days(b) - days(a) || a.place - b.place,
    rule: by('rule'),
    host: by('host'),
  };
  let state = none();
  let chosen = items;
  // What is shown at a time: a finding, or those of one article that are folded together.
  let units = [];

  // A span of days: `2018-01-01..2019-12-31`.
  const within = (day, [from, to]) => day >= from && day <= to;
  const filtered = () => {
    const { q, level, sure, rule, host, year, sort, article, target } = state;
    const sought = q.toLowerCase().split(/\s+/).filter(Boolean);
    const [articles, targets] = [article, target].map((span) => (span ? span.split('..') : null));
    const kept = items.filter((item) => (!level || item.level === level) && (!sure || item.sure === sure)
      && (!rule || item.rule === rule) && (!host || item.host.includes(host))
      && (!year || (item.at.slice(0, -6) || 'undated') === year)
      && (!articles || (item.to && within(item.at, articles))) && (!targets || (item.to && within(item.to, targets)))
      && sought.every((word) => text(item).includes(word)));
    return orders[sort] ? kept.sort(orders[sort]) : kept;
  };

  const unite = () => {
    units = [];
    for (const item of chosen) {
      const last = units[units.length - 1];
      const isSame = last && item.fold && !state.sort && last[0].fold === item.fold && last[0].section === item.section;
      if (isSame) last.push(item); else units.push([item]);
    }
  };
  // What is folded becomes elements when it is opened.
  const fold = (unit) => {
    const details = document.createElement('details');
    details.className = 'fold';
    const summary = details.appendChild(document.createElement('summary'));
    summary.textContent = `${unit.length} note${unit.length === 1 ? '' : 's'}: ${unit[0].fold}`;
    details.addEventListener('toggle', () => { if (details.open) details.append(...unit.map(findingOf)); });
    return details;
  };
  const show = (some) => {
    const parts = document.createDocumentFragment();
    const cleared = new Set();
    for (const unit of some) {
      const [item] = unit;
      if (state.sort) { parts.append(findingOf(item)); continue; }
      const section = sectionOf(item);
      if (!cleared.has(section)) {
        for (const old of section.querySelectorAll('.finding, .fold')) old.remove();
        cleared.add(section);
        parts.append(section);
      }
      const shown = item.fold && (unit.length > 1 || !narrowed()) ? fold(unit) : findingOf(item);
      const last = section.querySelector(':scope > .all-dates');
      if (last) last.before(shown); else section.append(shown);
    }
    list.replaceChildren(parts);
  };
  const narrowed = () => fields.some((name) => name !== 'sort' && state[name]) || state.article || state.target;

  const render = () => {
    const last = Math.max(0, Math.ceil(units.length / PAGE) - 1);
    state.page = Math.min(state.page, last);
    show(units.slice(state.page * PAGE, (state.page + 1) * PAGE));
    const number = (some) => some.toLocaleString('en-US');
    const span = (name, value) => (value ? `, ${name} ${value.replace('..', ' to ')}` : '');
    status.textContent = (chosen.length === total ? `${number(total)} findings` : `${number(chosen.length)} of ${number(total)} findings`)
      + span('articles of', state.article) + span('links to pages of', state.target)
      + (chosen.length === 0 && total > 0 ? ': nothing fits these filters' : '');
    pages.hidden = last === 0;
    document.getElementById('page').textContent = `Page ${number(state.page + 1)} of ${number(last + 1)}`;
    document.getElementById('previous').disabled = state.page === 0;
    document.getElementById('next').disabled = state.page === last;
  };

  // While somebody types only what is in sight is laid out; a moment later all is, for a picture of
  // the whole page, a search by the browser and its scroll bar.
  let settled = 0;
  const quickly = (render) => {
    clearTimeout(settled);
    list.classList.add('quick');
    render();
    settled = setTimeout(() => list.classList.remove('quick'), 250);
  };

  const apply = () => { chosen = filtered(); unite(); quickly(render); };

  const toForm = () => { for (const name of fields) form.elements[name].value = state[name]; };

  const toAddress = () => {
    const query = new URLSearchParams();
    for (const name of [...fields, 'article', 'target']) if (state[name]) query.set(name, state[name]);
    if (state.page) query.set('page', String(state.page + 1));
    const hash = query.toString();
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  };

  const focus = (element) => {
    document.querySelector('.current')?.classList.remove('current');
    if (element.classList.contains('finding')) element.classList.add('current');
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'start' });
  };

  // A finding or a document is shown whatever the filters say: they are taken off if they hide it.
  const open = (place, element) => {
    const find = () => units.findIndex((unit) => unit.some((item) => item.place === place));
    let at = find();
    if (at < 0 || (element === 'section' && state.sort)) {
      state = none();
      toForm();
      apply();
      at = find();
    }
    state.page = Math.floor(at / PAGE);
    render();
    const item = items[place];
    if (element === 'section') { focus(sectionOf(item).querySelector('h3')); return; }
    const finding = findingOf(item);
    // What is folded is opened for it.
    if (!finding.isConnected) {
      const folded = [...sectionOf(item).querySelectorAll('.fold')].find((it) => it.firstChild.textContent.endsWith(`: ${item.fold}`));
      folded.append(...units[at].map(findingOf));
      folded.open = true;
    }
    focus(finding);
  };

  const fromAddress = () => {
    const hash = location.hash.slice(1);
    const known = /^([df])(\d+)$/.exec(hash);
    if (known && known[1] === 'f') {
      const place = items.findIndex((item) => item.id === hash);
      if (place >= 0) return open(place, 'finding');
    }
    const of = known && documents.get(hash);
    if (of && items[of.first]?.section === of.section) return open(of.first, 'section');
    const clean = known && document.getElementById(hash);
    if (clean) { document.getElementById('clean').open = true; return clean.scrollIntoView(); }
    if (hash === 'results' || hash.startsWith('silence')) return units.length === 0 ? apply() : undefined;
    const query = new URLSearchParams(hash);
    state = none();
    for (const name of fields) state[name] = query.get(name) ?? '';
    for (const name of ['article', 'target']) state[name] = /^[-\d]+\.\.[-\d]+$/.test(query.get(name) ?? '') ? query.get(name) : '';
    state.page = Math.max(0, (Number.parseInt(query.get('page'), 10) || 1) - 1);
    toForm();
    // A value that the form does not offer filters by nothing, but for a host or year that it does not list.
    for (const name of fields) if (name !== 'year') state[name] = form.elements[name].value;
    apply();
    return hash.includes('=') ? document.getElementById('results').scrollIntoView() : undefined;
  };

  const turn = (by) => {
    const page = state.page + by;
    if (page < 0 || page * PAGE >= units.length) return;
    state.page = page;
    render();
    toAddress();
    document.getElementById('results').scrollIntoView();
  };

  // Next to what is in focus or was opened last.
  const step = (by) => {
    const shown = [...list.querySelectorAll('.finding')];
    const at = shown.findIndex((finding) => finding.contains(document.activeElement) || finding.classList.contains('current'));
    const next = shown[at < 0 ? 0 : at + by];
    if (next) focus(next); else if (at >= 0) turn(by);
  };

  const keys = { j: () => step(1), k: () => step(-1), '[': () => turn(-1), ']': () => turn(1), '/': () => form.elements.q.focus() };
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  form.addEventListener('input', () => {
    for (const name of fields) state[name] = form.elements[name].value.trim();
    state.page = 0;
    apply();
    toAddress();
  });
  form.addEventListener('reset', () => {
    state = none();
    apply();
    toAddress();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('previous').addEventListener('click', () => turn(-1));
  document.getElementById('next').addEventListener('click', () => turn(1));
  window.addEventListener('hashchange', fromAddress);
  window.addEventListener('beforeprint', () => show(units));
  window.addEventListener('afterprint', render);
  form.hidden = false;
  fromAddress();
  setTimeout(prepare, 4, 0);
  // A span of days chosen in the picture; the picture of the findings that are dated on both sides.
  plot(items.filter((item) => item.to), {
    select: (article, target) => {
      state = { ...none(), sort: state.sort, article, target };
      toForm();
      apply();
      toAddress();
    },
    title: (item) => {
      const of = /<bdi>([^<]*)</.exec(item.markup)?.[1];
      return of === undefined ? findingOf(item).querySelector('bdi').textContent : words(of);
    },
  });
})();
