'use strict';
// Filters, sorts and pages what stands in the page already. Everything is taken out of the page
// once and put back by the part, so that the work does not grow with the number of findings.
(() => {
  const PAGE = 50;
  const LEVELS = { error: 0, warning: 1, note: 2 };
  const list = document.getElementById('list');
  const form = document.getElementById('filters');
  const status = document.getElementById('status');
  const pages = document.getElementById('pages');
  const fields = ['q', 'level', 'rule', 'host', 'sort'];

  // One item a finding, and one for each document that has none.
  const items = [];
  const documents = new Map();
  list.remove();
  for (const section of list.querySelectorAll('.document')) {
    const found = section.querySelectorAll('.finding');
    documents.set(section.id, { section, first: items.length });
    const title = section.querySelector('.title');
    const about = section.querySelector('h3').textContent + ' ' + (title ? title.textContent : '');
    for (const finding of found) {
      items.push({
        finding, section, rule: finding.dataset.rule, level: finding.dataset.level, host: finding.dataset.host,
        text: null, about, place: items.length,
      });
    }
    if (found.length === 0) {
      items.push({ finding: null, section, rule: '', level: '', host: '', text: null, about, place: items.length });
    }
  }
  for (const item of items) item.finding?.remove();
  list.replaceChildren();
  document.querySelector('#results noscript').after(list);
  const total = items.reduce((sum, item) => sum + (item.finding ? 1 : 0), 0);
  const text = (item) => (item.text ??= (item.about + ' ' + (item.finding ? item.finding.textContent : '')).toLowerCase());

  const orders = {
    level: (a, b) => LEVELS[a.level] - LEVELS[b.level] || a.place - b.place,
    rule: (a, b) => a.rule.localeCompare(b.rule) || a.place - b.place,
    host: (a, b) => a.host.localeCompare(b.host) || a.place - b.place,
  };
  let state = { q: '', level: '', rule: '', host: '', sort: '', page: 0 };
  let chosen = items;

  const filtered = () => {
    const { q, level, rule, host, sort } = state;
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = words.length || level || rule || host || sort;
    const kept = items.filter((item) => (item.finding || !narrowed || (words.length && !level && !rule && !host && !sort))
      && (!level || item.level === level) && (!rule || item.rule === rule) && (!host || item.host.includes(host))
      && words.every((word) => text(item).includes(word)));
    return orders[sort] ? kept.sort(orders[sort]) : kept;
  };

  const show = (some) => {
    for (const { section } of documents.values()) if (section.isConnected) section.remove();
    const parts = document.createDocumentFragment();
    const cleared = new Set();
    for (const { finding, section } of some) {
      if (state.sort && finding) { parts.append(finding); continue; }
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
    const findings = chosen.reduce((sum, item) => sum + (item.finding ? 1 : 0), 0);
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
    focus(element === 'section' ? item.section.querySelector('h3') : item.finding);
  };

  const fromAddress = () => {
    const hash = location.hash.slice(1);
    const known = /^([df])(\d+)$/.exec(hash);
    if (known && known[1] === 'f') {
      const place = items.findIndex((item) => item.finding?.id === hash);
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
})();
