"""Sets articles with whatever typesets here, and reads them back.

    made.py DATELINE FOLDER ARTICLE
"""

import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
from html import escape

from pypdf import PdfReader

ARTICLES = 4
WORDS = "bridge river over closes opens report minister costs traffic water the a of in after says".split()
HOSTS = ["news-of-today.com", "www.times-of-the-river.org", "post.co.uk"]

FONTS = (("pdflatex", r"\usepackage[T1]{fontenc}"), ("xelatex", r"\usepackage{fontspec}"))

# What text alone finds of the links that are stated, at least.
TEXT_ALONE = 0.95

dateline, folder, article = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
draw = random.Random(2018)


def address():
    slug = "-".join(draw.choice(WORDS) for _ in range(draw.randint(3, 14)))
    day = f"{draw.randint(2009, 2018)}/{draw.randint(1, 12):02}/{draw.randint(1, 28):02}"
    return f"https://{draw.choice(HOSTS)}/{day}/{slug}-a{draw.randint(10000, 99999)}"


def sentence():
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(6, 20))).capitalize()


def quietly(*command):
    # Some of them leave a record of missing fonts where they are started.
    nowhere = subprocess.DEVNULL
    try:
        result = subprocess.run(command, stdout=nowhere, stderr=nowhere, timeout=120, cwd=folder)
    except subprocess.TimeoutExpired:
        return False
    return result.returncode == 0


def html(title, day, paragraphs, path):
    text = "".join(f'<p>{before} <a href="{to}">{to}</a> {after}.</p>' for before, to, after in paragraphs)
    path.write_text(f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
                    f"<p>{day}</p>{text}</body></html>")


def tex(title, day, paragraphs, path, fonts):
    text = "\n\n".join(rf"{before} \url{{{to}}} {after}." for before, to, after in paragraphs)
    path.write_text(rf"\documentclass{{article}}{fonts}\usepackage[hidelinks]{{hyperref}}\begin{{document}}"
                    rf"\title{{{title}}}\author{{}}\date{{{day}}}\maketitle {text}\end{{document}}")


def chromium(source, target):
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return quietly(name, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}",
                           source.as_uri())
    return False


def weasyprint(source, target):
    return quietly(sys.executable, "-m", "weasyprint", source, target)


def office(source, target):
    ending = target.suffix[1:]
    kind = {"pdf": "pdf:writer_web_pdf_Export", "docx": "docx:MS Word 2007 XML", "odt": "odt", "epub": "epub"}
    if not shutil.which("soffice"):
        return False
    # A page of the web becomes a text first.
    if ending != "pdf":
        text = source.with_suffix(".text.odt")
        quietly("soffice", "--headless", "--convert-to", "odt:writer8", "--writer", "--outdir", folder, source)
        made = folder / f"{source.stem}.odt"
        if not made.exists():
            return False
        made.rename(text)
        source = text
    quietly("soffice", "--headless", "--convert-to", kind[ending], "--outdir", folder, source)
    made = folder / f"{source.stem}.{ending}"
    if not made.exists():
        return False
    made.rename(target)
    return True


def latex(engine):
    def typeset(source, target):
        made = source.with_suffix(".pdf")
        if shutil.which(engine):
            # A file is written in spite of a font that it does without.
            quietly(engine, "-interaction=batchmode", f"-output-directory={folder}", source)
        if not made.exists():
            return False
        made.rename(target)
        return True

    return typeset


def rows(command, path, *options):
    options = ["--format", "jsonl", *options]
    result = subprocess.run([dateline, command, *options, path], capture_output=True, text=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def links(path):
    return {link["url"] or link["joined"] for row in rows("links", path) for link in row["links"]}


def named(path):
    """Where each link leads to, or may: what is doubtful is reported with its readings."""
    return {link["joined"] for row in rows("links", path) for link in row["links"]}


def stated(path):
    annotations = (note.get_object() for page in PdfReader(path).pages for note in page.get("/Annots") or [])
    return {str(note["/A"]["/URI"]) for note in annotations if "/URI" in note.get("/A", {})}


def without_links(path):
    bare = path.with_suffix(".bare.pdf")
    quietly("qpdf", "--qdf", "--object-streams=disable", path, bare)
    bare.write_bytes(bare.read_bytes().replace(b"/Annots", b"/Bnnots"))
    return bare


def findings(path):
    rows_of = rows("check", path, "--offline", "--now", "2026-01-01")
    return sorted((finding["rule"], finding["url"]) for row in rows_of for finding in row["findings"])


def paragraphs_of(text):
    """The lines of each paragraph, as they stand there."""
    lines = [[line.strip() for line in block.strip().splitlines()] for block in re.split(r"\n\s*\n", text)]
    return [paragraph for paragraph in lines if paragraph]


def as_html(text, path):
    head, *rest = ["<br>\n".join(map(escape, lines)) for lines in paragraphs_of(text)]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    path.write_text(f"<html><head><meta charset='utf-8'><title>Article</title><style>body{{font-size:8pt}}</style></head><body><h1>{head}</h1>{body}"
                    "</body></html>")


def as_tex(text, path, fonts):
    plain = [[re.sub(r"([#%&_$])", r"\\\1", line).replace('"', "''") for line in lines] for lines in paragraphs_of(text)]
    head, *rest = ["\\\\\n".join(lines) for lines in plain]
    body = "\n\n".join([rf"\section*{{{head}}}", *rest])
    path.write_text(rf"\documentclass{{article}}{fonts}\textwidth17cm\oddsidemargin-6mm\parskip1em\parindent0pt"
                    rf"\begin{{document}}\footnotesize {body}\end{{document}}")


failures, made, by_text, all_links = [], 0, 0, 0
for number in range(ARTICLES):
    title, day = f"Bridge {number} opens", f"May {number + 10}, 2018"
    paragraphs = [(sentence(), address(), sentence()) for _ in range(6)]
    page = folder / f"{number}.html"
    html(title, day, paragraphs, page)
    sources = {"chromium": (page, chromium, "pdf"), "weasyprint": (page, weasyprint, "pdf")}
    if number == 0:
        sources |= {f"office-{ending}": (page, office, ending) for ending in ("pdf", "docx", "odt", "epub")}
    for engine, fonts in FONTS:
        source = folder / f"{number}-{engine}.tex"
        tex(title, day, paragraphs, source, fonts)
        sources[engine] = (source, latex(engine), "pdf")
    for tool, (source, typeset, ending) in sources.items():
        target = folder / f"{number}-{tool}-made.{ending}"
        if not typeset(source, target):
            continue
        made += 1
        expected = {to for _, to, _ in paragraphs}
        found = links(target)
        if missing := expected - found:
            failures.append(f"{target.name}: {len(missing)} of its links are not found: {sorted(missing)[0]}")
        if more := found - expected:
            failures.append(f"{target.name}: {sorted(more)[0]} is no link of it")
        dated = [row["published"] and row["published"]["date"][:10] for row in rows("date", target)]
        if not set(dated) <= {None, f"2018-05-{number + 10}"}:
            failures.append(f"{target.name}: it is dated {dated}")
        if ending == "pdf":
            if stated(target) != expected:
                failures.append(f"{target.name}: the file states other links than the article has")
            by_text += len(expected & named(without_links(target)))
            all_links += len(expected)
# The article that the README begins with, set so small that its lines fit: what is wrong with it is found in each.
text, expected = article.read_text(), findings(article)
if len(expected) != 2:
    failures.append(f"{article.name} has {len(expected)} findings, and not two: {expected}")
page = folder / "article.html"
as_html(text, page)
sources = {"chromium": (page, chromium), "weasyprint": (page, weasyprint), "office": (page, office)}
for engine, fonts in FONTS:
    source = folder / f"article-{engine}.tex"
    as_tex(text, source, fonts)
    sources[engine] = (source, latex(engine))
for tool, (source, typeset) in sources.items():
    target = folder / f"article-{tool}-made.pdf"
    if not typeset(source, target):
        continue
    made += 1
    if (found := findings(target)) != expected:
        failures.append(f"{target.name}: the article has {found}, and not {expected}")
if all_links and by_text < TEXT_ALONE * all_links:
    failures.append(f"text alone finds {by_text} of {all_links} links")
print(f"{made} files made, {by_text} of {all_links} links found by text alone")
print("\n".join(failures))
sys.exit(bool(failures) or not made and 1)
