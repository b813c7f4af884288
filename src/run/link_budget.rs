//! The limit of links that a run follows, shared out to its documents in their order, so that what
//! is followed does not depend on which of them is read first.

use tokio::sync::oneshot;

/// Hands out shares of a limit, one a document.
pub(crate) struct LinkBudget {
    /// Where what is left comes in; none where there is no limit.
    left: Option<oneshot::Receiver<usize>>,
}

/// One document's right to a part of the limit.
pub(crate) struct Share(Option<(oneshot::Receiver<usize>, oneshot::Sender<usize>)>);

impl LinkBudget {
    pub(crate) fn new(limit: Option<usize>) -> Self {
        let left = limit.map(|limit| {
            let (send, receive) = oneshot::channel();
            // The receiver is at hand, so that this cannot fail.
            let _ = send.send(limit);
            receive
        });
        Self { left }
    }

    /// The next document's share.
    pub(crate) fn next(&mut self) -> Share {
        Share(self.left.take().map(|before| {
            let (send, receive) = oneshot::channel();
            self.left = Some(receive);
            (before, send)
        }))
    }
}

impl Share {
    /// Whether there is room for all, so that nobody need be waited for.
    pub(crate) const fn is_unlimited(&self) -> bool {
        self.0.is_none()
    }

    /// Takes as much as is wanted and left, once all documents before have taken theirs, and hands
    /// on the rest; without a limit there is room for all, and nobody is asked. After a document
    /// that could not say what it wants nothing is left.
    pub(crate) async fn take(self, wanted: impl FnOnce() -> usize) -> usize {
        let Some((before, after)) = self.0 else { return usize::MAX };
        let left = before.await.unwrap_or(0);
        let granted = wanted().min(left);
        // Nobody may come after.
        let _ = after.send(left - granted);
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn shares_are_taken_in_their_order() {
        let mut budget = LinkBudget::new(Some(10));
        let (first, second, third) = (budget.next(), budget.next(), budget.next());
        // The last asks first, and gets what the others leave.
        let (third, second, first) =
            tokio::join!(third.take(|| 9), second.take(|| 3), first.take(|| 4));
        assert_eq!((first, second, third), (4, 3, 3));
        assert_eq!(budget.next().take(|| 1).await, 0);
    }

    #[tokio::test]
    async fn without_a_limit_all_is_granted() {
        assert_eq!(LinkBudget::new(None).next().take(|| usize::MAX).await, usize::MAX);
    }

    #[tokio::test]
    async fn after_a_lost_document_nothing_is_left() {
        let mut budget = LinkBudget::new(Some(10));
        drop(budget.next());
        assert_eq!(budget.next().take(|| 1).await, 0);
    }
}
