-- The tables that docs/database.md describes. A later version only adds to them.
CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY,
  judged_at TEXT,
  version TEXT NOT NULL,
  documents INTEGER NOT NULL,
  links INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  notes INTEGER NOT NULL,
  unreadable INTEGER NOT NULL,
  interrupted INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS documents (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  input TEXT NOT NULL,
  url TEXT,
  media TEXT NOT NULL,
  title TEXT,
  identity TEXT NOT NULL,
  published TEXT,
  published_earliest TEXT,
  published_before TEXT,
  published_confidence TEXT,
  modified TEXT,
  modified_earliest TEXT,
  modified_before TEXT
);
CREATE TABLE IF NOT EXISTS fetches (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  final_url TEXT,
  fetched_at TEXT,
  outcome TEXT NOT NULL,
  is_dead INTEGER NOT NULL,
  status_code INTEGER,
  detail TEXT,
  redirects INTEGER NOT NULL,
  title TEXT,
  published TEXT,
  published_earliest TEXT,
  published_before TEXT,
  modified TEXT,
  modified_earliest TEXT,
  modified_before TEXT,
  first_capture TEXT,
  nearest_capture TEXT
);
CREATE TABLE IF NOT EXISTS links (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  fetch_id INTEGER REFERENCES fetches (id) ON DELETE SET NULL,
  url TEXT,
  host TEXT,
  raw TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT,
  role TEXT NOT NULL,
  region TEXT NOT NULL,
  line INTEGER NOT NULL,
  col INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS findings (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  link_id INTEGER REFERENCES links (id) ON DELETE SET NULL,
  fingerprint TEXT NOT NULL,
  number INTEGER NOT NULL,
  rule TEXT NOT NULL,
  level TEXT NOT NULL,
  confidence TEXT NOT NULL,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  help TEXT NOT NULL,
  url TEXT,
  host TEXT,
  line INTEGER,
  col INTEGER,
  replacement TEXT,
  suppressed TEXT,
  suppressed_reason TEXT
);
CREATE TABLE IF NOT EXISTS claims (
  id INTEGER PRIMARY KEY,
  document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  fetch_id INTEGER REFERENCES fetches (id) ON DELETE CASCADE,
  finding_id INTEGER REFERENCES findings (id) ON DELETE CASCADE,
  link_id INTEGER REFERENCES links (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  date TEXT NOT NULL,
  earliest TEXT NOT NULL,
  before TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL,
  quote TEXT NOT NULL,
  line INTEGER,
  col INTEGER,
  CHECK (
    (document_id IS NOT NULL) + (fetch_id IS NOT NULL) + (finding_id IS NOT NULL)
    + (link_id IS NOT NULL) = 1
  )
);
CREATE INDEX IF NOT EXISTS documents_run ON documents (run_id, name);
CREATE INDEX IF NOT EXISTS documents_identity ON documents (identity, run_id);
CREATE INDEX IF NOT EXISTS fetches_document ON fetches (document_id);
CREATE INDEX IF NOT EXISTS fetches_url ON fetches (url, run_id);
CREATE INDEX IF NOT EXISTS fetches_run ON fetches (run_id);
CREATE INDEX IF NOT EXISTS links_document ON links (document_id);
CREATE INDEX IF NOT EXISTS links_host ON links (host);
CREATE INDEX IF NOT EXISTS links_fetch ON links (fetch_id);
CREATE INDEX IF NOT EXISTS findings_document ON findings (document_id);
CREATE INDEX IF NOT EXISTS findings_rule ON findings (rule, level);
CREATE INDEX IF NOT EXISTS findings_fingerprint ON findings (fingerprint);
CREATE INDEX IF NOT EXISTS findings_link ON findings (link_id);
CREATE INDEX IF NOT EXISTS claims_document ON claims (document_id);
CREATE INDEX IF NOT EXISTS claims_fetch ON claims (fetch_id);
CREATE INDEX IF NOT EXISTS claims_finding ON claims (finding_id);
CREATE INDEX IF NOT EXISTS claims_link ON claims (link_id);
CREATE VIEW IF NOT EXISTS dead_links_by_host AS
  SELECT d.run_id, l.host, count(*) AS links, sum(f.is_dead) AS dead,
    round(100.0 * sum(f.is_dead) / count(*), 1) AS dead_percent
  FROM links l JOIN documents d ON d.id = l.document_id JOIN fetches f ON f.id = l.fetch_id
  GROUP BY d.run_id, l.host HAVING dead > 0 ORDER BY d.run_id, dead DESC, l.host;
CREATE VIEW IF NOT EXISTS postdating_links AS
  SELECT d.run_id, d.name AS document, d.published AS article_published, n.url, n.title, n.level,
    n.confidence, n.line, n.id AS finding_id
  FROM findings n JOIN documents d ON d.id = n.document_id
  WHERE n.rule = 'link-postdates-article' AND n.suppressed IS NULL;
CREATE VIEW IF NOT EXISTS rot_by_year AS
  SELECT d.run_id, coalesce(substr(d.published, 1, 4), 'undated') AS year,
    count(DISTINCT d.id) AS documents, count(f.id) AS fetched, coalesce(sum(f.is_dead), 0) AS dead,
    round(100.0 * sum(f.is_dead) / nullif(count(f.id), 0), 1) AS dead_percent,
    (SELECT count(*) FROM findings n JOIN documents e ON e.id = n.document_id
      WHERE e.run_id = d.run_id AND n.rule = 'content-drift' AND n.suppressed IS NULL
        AND coalesce(substr(e.published, 1, 4), 'undated')
          = coalesce(substr(d.published, 1, 4), 'undated')) AS drifted
  FROM documents d LEFT JOIN links l ON l.document_id = d.id LEFT JOIN fetches f ON f.id = l.fetch_id
  GROUP BY d.run_id, year;
