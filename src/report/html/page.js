'use strict';
// Filters, sorts and pages what stands in the page already. Everything is taken out of the page
// once and put back by the part, so that what is laid out does not grow with the number of findings.
(() => {
  const PAGE = 50;
  const LEVELS = { error: 0, warning: 1, note: 2 };
  const list = document.getElementById('list');
  const form = document.getElementById('filters');
  const status = document.getElementById('status');
  const pages = document.getElementById('pages');
  const fields = ['q', 'level', 'rule', 'host', 'sort'];

  // The words of a piece of the page: its elements are taken out, its characters stand for themselves.
  const words = (markup) => markup.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code));
  const attribute = (markup, name) => words((new RegExp(` ${name}="([^"]*)"`).exec(markup) ?? ['', ''])[1]);
  const elementOf = (markup) => {
    const holder = document.createElement('template');
    holder.innerHTML = markup;
    return holder.content.firstElementChild;
  };

  // One item a finding, and one for each document that has none. What stands below the first page
  // of findings is text as long as there are scripts (noscript): it becomes elements when it is
  // shown, since a browser takes many seconds to make them of ten thousand findings.
  const items = [];
  const documents = new Map();
  const add = (section, about, made) => items.push({
    section, about, finding: null, markup: '', id: '', rule: '', level: '', host: '', text: null, place: items.length,
    isFinding: Boolean(made), ...made,
  });
  // A document that is made of elements, and one that is text; the text of a page is escaped, so
  // that what looks like an element in it can only be one of the page's own.
  const readElement = (element) => {
    const section = { element, markup: '', id: element.id };
    const about = `${element.querySelector('h3').textContent} ${element.querySelector('.title')?.textContent ?? ''}`;
    const found = [...element.querySelectorAll('.finding')];
    return [section, about, found.map((finding) => ({ finding, id: finding.id, ...finding.dataset }))];
  };
  const readText = (markup) => {
    const [head, ...found] = markup.split('<article ');
    const section = { element: null, markup: head, id: attribute(head, 'id') };
    const about = `${words((/<h3.*?<\/h3>/s.exec(head) ?? [''])[0])} ${words((/<bdi class="title">.*?<\/bdi>/s.exec(head) ?? [''])[0])}`;
    return [section, about, found.map((rest) => ({
      markup: `<article ${rest.slice(0, rest.lastIndexOf('</article>'))}</article>`, id: attribute(rest, 'id'),
      rule: attribute(rest, 'data-rule'), level: attribute(rest, 'data-level'), host: attribute(rest, 'data-host'),
    }))];
  };
  list.remove();
  for (const part of list.children) {
    const [section, about, found] = part.localName === 'noscript' ? readText(part.textContent) : readElement(part);
    documents.set(section.id, { section, first: items.length });
    for (const made of found) add(section, about, made);
    if (found.length === 0) add(section, about, null);
  }
  for (const { finding } of items) finding?.remove();
  list.replaceChildren();
  document.querySelector('#results noscript').after(list);
  const total = items.reduce((sum, item) => sum + (item.isFinding ? 1 : 0), 0);
  const sectionOf = ({ section }) => (section.element ??= elementOf(section.markup));
  const findingOf = (item) => (item.isFinding ? (item.finding ??= elementOf(item.markup)) : null);
  const text = (item) => (item.text ??= `${item.about} ${item.finding ? item.finding.textContent : words(item.markup)}`.toLowerCase());
  // The words to search are made ready while nobody waits for anything.
  const prepare = (from) => {
    const end = performance.now() + 8;
    let at = from;
    while (at < items.length && performance.now() < end) text(items[at++]);
    if (at < items.length) setTimeout(prepare, 4, at);
  };

  const { compare } = new Intl.Collator();
  const by = (key) => (a, b) => (a[key] === b[key] ? 0 : compare(a[key], b[key])) || a.place - b.place;
  const orders = {
    level: (a, b) => LEVELS[a.level] - LEVELS[b.level] || a.place - b.place,
    rule: by('rule'),
    host: by('host'),
  };
  let state = { q: '', level: '', rule: '', host: '', sort: '', page: 0 };
  let chosen = items;

  const filtered = () => {
    const { q, level, rule, host, sort } = state;
    const sought = q.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = sought.length || level || rule || host || sort;
    const kept = items.filter((item) => (item.isFinding || !narrowed || (sought.length && !level && !rule && !host && !sort))
      && (!level || item.level === level) && (!rule || item.rule === rule) && (!host || item.host.includes(host))
      && sought.every((word) => text(item).includes(word)));
    return orders[sort] ? kept.sort(orders[sort]) : kept;
  };

  const show = (some) => {
    const parts = document.createDocumentFragment();
    const cleared = new Set();
    for (const item of some) {
      const finding = findingOf(item);
      if (state.sort && finding) { parts.append(finding); continue; }
      const section = sectionOf(item);
      if (!cleared.has(section)) {
        for (const old of section.querySelectorAll('.finding')) old.remove();
        cleared.add(section);
        parts.append(section);
      }
      if (finding) section.append(finding);
    }
    list.replaceChildren(parts);
  };

  const render = () => {
    const last = Math.max(0, Math.ceil(chosen.length / PAGE) - 1);
    state.page = Math.min(state.page, last);
    show(chosen.slice(state.page * PAGE, (state.page + 1) * PAGE));
    const findings = chosen.reduce((sum, item) => sum + (item.isFinding ? 1 : 0), 0);
    status.textContent = (findings === total ? `${total} findings` : `${findings} of ${total} findings`)
      + (chosen.length === 0 ? ': nothing fits these filters' : '');
    pages.hidden = last === 0;
    document.getElementById('page').textContent = `Page ${state.page + 1} of ${last + 1}`;
    document.getElementById('previous').disabled = state.page === 0;
    document.getElementById('next').disabled = state.page === last;
  };

  const apply = () => { chosen = filtered(); render(); };

  const toForm = () => { for (const name of fields) form.elements[name].value = state[name]; };

  const toAddress = () => {
    const query = new URLSearchParams();
    for (const name of fields) if (state[name]) query.set(name, state[name]);
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
    let at = chosen.findIndex((item) => item.place === place);
    if (at < 0 || (element === 'section' && state.sort)) {
      Object.assign(state, { q: '', level: '', rule: '', host: '', sort: '' });
      toForm();
      chosen = filtered();
      at = place;
    }
    state.page = Math.floor(at / PAGE);
    render();
    const item = items[place];
    focus(element === 'section' ? sectionOf(item).querySelector('h3') : findingOf(item));
  };

  const fromAddress = () => {
    const hash = location.hash.slice(1);
    const known = /^([df])(\d+)$/.exec(hash);
    if (known && known[1] === 'f') {
      const place = items.findIndex((item) => item.id === hash);
      if (place >= 0) return open(place, 'finding');
    }
    if (known && documents.has(hash)) return open(documents.get(hash).first, 'section');
    if (hash === 'results' || hash.startsWith('silence')) return undefined;
    const query = new URLSearchParams(hash);
    for (const name of fields) state[name] = query.get(name) ?? '';
    state.page = Math.max(0, (Number.parseInt(query.get('page'), 10) || 1) - 1);
    toForm();
    for (const name of fields) state[name] = form.elements[name].value;
    apply();
    return hash.includes('=') ? document.getElementById('results').scrollIntoView() : undefined;
  };

  const turn = (by) => {
    const page = state.page + by;
    if (page < 0 || page * PAGE >= chosen.length) return;
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
    Object.assign(state, { q: '', level: '', rule: '', host: '', sort: '', page: 0 });
    apply();
    toAddress();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('previous').addEventListener('click', () => turn(-1));
  document.getElementById('next').addEventListener('click', () => turn(1));
  window.addEventListener('hashchange', fromAddress);
  window.addEventListener('beforeprint', () => show(chosen));
  window.addEventListener('afterprint', render);
  form.hidden = false;
  fromAddress();
  setTimeout(prepare, 4, 0);
})();
