//! The one streaming pass over the text.

use lol_html::{HtmlRewriter, MemorySettings, Settings, doctype, element};

use super::page::Page;

/// Memory that the tokenizer may take for itself: its stack of open elements.
const MAX_MEMORY: usize = 64 << 20;

/// Reads the page. Where the tokenizer gives up (memory, depth), what was found so far is kept.
pub(super) fn run(text: &str, page: &mut Page<'_>) {
    let every_element = element!("*", |element| {
        page.start_tag(element.source_location().bytes());
        Ok(())
    });
    // The tokenizer looks for tags first, and reads those again that somebody asks for. That is all
    // of them, so it is made to read everything at once: a handler of the document has that effect.
    let doctype = doctype!(|_| Ok(()));
    let settings = Settings::new()
        .with_strict(false)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MAX_MEMORY))
        .append_document_content_handler(doctype)
        .append_element_content_handler(every_element);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let _gave_up = rewriter.write(text.as_bytes()).and_then(|()| rewriter.end());
    page.end();
}
