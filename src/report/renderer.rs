//! Rendering a document's part of a report away from the report, on the thread that has judged it.

use std::io;
use std::sync::Arc;

use crate::model::Judged;

type Render = Arc<dyn Fn(&Judged) -> io::Result<Vec<u8>> + Send + Sync>;

/// Renders a document's parts of one report or of several, on any thread.
#[derive(Clone)]
pub struct Renderer(Vec<Render>);

impl Renderer {
    /// One that renders one part.
    pub fn new(render: impl Fn(&Judged) -> io::Result<Vec<u8>> + Send + Sync + 'static) -> Self {
        Self(vec![Arc::new(render)])
    }

    /// One that renders the parts of all of these, in their order; none where one of them cannot.
    #[must_use]
    pub fn of_all(renderers: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        renderers
            .collect::<Option<Vec<Self>>>()
            .map(|all| Self(all.into_iter().flat_map(|it| it.0).collect()))
    }

    /// The same for what is made of a document first.
    #[must_use]
    pub fn after(self, change: fn(&Judged) -> Judged) -> Self {
        let after = |render: Render| -> Render { Arc::new(move |judged| render(&change(judged))) };
        Self(self.0.into_iter().map(after).collect())
    }

    /// The document's parts.
    ///
    /// # Errors
    ///
    /// What could not be rendered.
    pub fn render(&self, judged: &Judged) -> io::Result<Vec<Vec<u8>>> {
        self.0.iter().map(|render| render(judged)).collect()
    }
}
