//! Waiting.

use core::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};
use gloo_timers::future::TimeoutFuture;

/// What the work gives, or nothing if it takes longer than so many milliseconds; the work is then dropped.
pub async fn within<T>(milliseconds: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut end = pin!(TimeoutFuture::new(milliseconds));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
