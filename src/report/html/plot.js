// The picture of all that is newer than its article: a pointer or the arrow keys go from point to
// point, a click or Enter filters the findings to it, a brush to a span.
function plot(items, { select, title }) {
  const field = document.getElementById('field');
  const told = document.getElementById('point');
  if (!field || items.length === 0) return;
  const [svg] = field.children;
  const make = (name, kind) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute('class', kind);
    return svg.appendChild(element);
  };
  const [cursor, brush] = [make('path', 'at'), make('rect', 'brush')];
  const day = (text) => Date.parse(text) / 864e5 + 0.5;
  const first = day(field.dataset.first);
  const length = day(field.dataset.last) - first;
  const date = (share) => new Date((first - 0.5 + share * length) * 864e5).toISOString().slice(0, 10);

  // Findings of one day against one day are one point.
  const places = new Map();
  for (const item of items) {
    const key = `${item.at} ${item.to}`;
    const known = places.get(key);
    if (known) known.items.push(item);
    else places.set(key, { items: [item], x: (day(item.at) - first) / length, y: 1 - (day(item.to) - first) / length });
  }
  const points = [...places.values()].sort((a, b) => a.x - b.x || b.y - a.y);
  let at = -1;

  const words = ({ items: [item, ...more] }) => `Article of ${item.at}, link to a page of ${item.to}: ${title(item)}`
    + (more.length ? `, and ${more.length} more` : '') + '. Click or Enter shows it.';
  const mark = (number) => {
    at = number;
    const point = points[at];
    cursor.setAttribute('d', point ? `M${point.x * 1000} ${point.y * 1000}h.1` : '');
    told.textContent = point ? words(point) : '';
  };
  const choose = (point) => {
    const [{ at: article, to: target }] = point.items;
    select(`${article}..${article}`, `${target}..${target}`);
    document.getElementById('results').scrollIntoView();
  };
  const nearest = (x, y, { width, height }) => {
    let [best, least] = [-1, 24 ** 2];
    points.forEach((point, number) => {
      const away = ((point.x - x) * width) ** 2 + ((point.y - y) * height) ** 2;
      if (away < least) [best, least] = [number, away];
    });
    return best;
  };
  const shares = (event) => {
    const box = field.getBoundingClientRect();
    const clamp = (share) => Math.min(1, Math.max(0, share));
    return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height), box];
  };

  let from = null;
  const draw = (x, y, width, height) => {
    for (const [name, value] of Object.entries({ x, y, width, height })) brush.setAttribute(name, String(value * 1000));
  };
  field.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = shares(event);
    field.setPointerCapture(event.pointerId);
  });
  field.addEventListener('pointermove', (event) => {
    const [x, y, box] = shares(event);
    if (from && event.pointerType !== 'touch') draw(Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1]));
    else mark(nearest(x, y, box));
  });
  field.addEventListener('pointerup', (event) => {
    if (!from) return;
    const [x, y, box] = shares(event);
    const [fromX, fromY] = from;
    from = null;
    draw(0, 0, 0, 0);
    if (Math.hypot((x - fromX) * box.width, (y - fromY) * box.height) > 6) {
      const span = (one, other) => `${date(Math.min(one, other))}..${date(Math.max(one, other))}`;
      select(span(x, fromX), span(1 - y, 1 - fromY));
      document.getElementById('results').scrollIntoView();
      return;
    }
    const found = nearest(x, y, box);
    mark(found);
    if (found >= 0) choose(points[found]);
  });
  field.addEventListener('pointercancel', () => { from = null; draw(0, 0, 0, 0); });
  field.addEventListener('pointerleave', () => { if (!from) mark(-1); });

  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  field.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = points.length - 1;
    if (steps[event.key]) mark(Math.min(last, Math.max(0, at + (at < 0 ? 1 : steps[event.key]))));
    else if (event.key === 'Home') mark(0);
    else if (event.key === 'End') mark(last);
    else if (event.key === 'Enter' && at >= 0) choose(points[at]);
    else if (event.key === 'Escape') { mark(-1); select('', ''); } else return;
    event.preventDefault();
  });
  field.addEventListener('focus', () => { if (at < 0 && field.matches(':focus-visible')) mark(0); });
  field.classList.add('live');
  field.tabIndex = 0;
  field.setAttribute('role', 'group');
  field.setAttribute('aria-label', `${points.length} points: arrow keys go from one to the next, Enter filters the findings to it, Escape shows all`);
}
