//! One steady thread a core, for the work that keeps a core busy.
//!
//! As many threads as cores, and the same ones from the beginning to the end of a run: what one has
//! read, dated and judged it lets go of itself, so that its allocator uses the same memory over and
//! over, and memory does not grow with the input.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, available_parallelism};

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The threads; they end with it.
#[derive(Debug)]
pub(crate) struct Cores {
    jobs: mpsc::Sender<Job>,
}

impl Cores {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// What the machine says that gives none.
    pub(crate) fn new() -> Result<Self, String> {
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..available_parallelism().map_or(2, NonZero::get) {
            let queue = Arc::clone(&queue);
            thread::Builder::new()
                .name(format!("core-{number}"))
                .spawn(move || work(&queue))
                .map_err(|error| error.to_string())?;
        }
        Ok(Self { jobs })
    }

    /// Works away from the threads that serve the network, in turn; gives nothing where the work
    /// panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (done, waits) = oneshot::channel();
        let job = Box::new(move || {
            // Who asked may have gone.
            let _ = done.send(catch_unwind(AssertUnwindSafe(work)).ok());
        });
        self.jobs.send(job).ok()?;
        waits.await.ok().flatten()
    }
}

fn work(queue: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        // The lock is held while waiting, and let go of before the work begins.
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        job();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[tokio::test]
    async fn the_same_threads_do_all_the_work_and_outlive_a_panic() {
        let cores = Cores::new().expect("threads");
        let panicked: Option<()> = cores.run(|| panic!("this is a test")).await;
        assert_eq!(panicked, None);
        let mut threads = HashSet::new();
        for _ in 0..50 {
            threads.extend(cores.run(|| thread::current().id()).await);
        }
        assert!(!threads.is_empty());
        assert!(threads.len() <= available_parallelism().map_or(2, NonZero::get));
    }
}
