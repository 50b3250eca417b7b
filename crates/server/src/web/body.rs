//! Reading a body: not too long, and not too slow.

use super::listen::Limits;
use crate::error::{Error, Result};
use axum::{body::Bytes, extract::Request, http::header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The whole body.
///
/// # Errors
/// It has more than `most` bytes, stopped on its way, or came more slowly than [`Limits`] allow.
pub async fn read(request: Request, most: usize) -> Result<Bytes> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > most) {
        return Err(Error::TooLarge { most });
    }
    let limits = request.extensions().get::<Limits>().copied().unwrap_or_default();
    let mut body = Limited::new(request.into_body(), most);
    let (start, mut all) = (Instant::now(), Vec::new());
    loop {
        let earned = Duration::from_secs(all.len() as u64 / limits.body_rate.max(1));
        let frame = timeout_at(start + limits.body + earned, body.frame()).await.map_err(|_| Error::TooSlow)?;
        match frame {
            None => return Ok(all.into()),
            Some(Ok(frame)) => all.extend_from_slice(frame.data_ref().map_or(&[][..], |data| data)),
            Some(Err(error)) if error.is::<LengthLimitError>() => return Err(Error::TooLarge { most }),
            Some(Err(_)) => return Err(Error::Malformed("the body stopped before its end".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::error::Error;
    use axum::{body::Body, extract::Request};
    use http_body_util::channel::Channel;
    use std::{convert::Infallible, time::Duration};
    use tokio::time::{Instant, sleep};

    /// A body that comes in so many pieces of so many bytes, one each so many seconds.
    fn dripping(pieces: usize, bytes: usize, seconds: u64) -> Request {
        let (mut sender, body) = Channel::<axum::body::Bytes, Infallible>::new(1);
        tokio::spawn(async move {
            for _ in 0..pieces {
                sleep(Duration::from_secs(seconds)).await;
                if sender.send_data(vec![b' '; bytes].into()).await.is_err() {
                    return;
                }
            }
        });
        Request::new(Body::new(body))
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_given_up_however_long_it_goes_on() {
        let start = Instant::now();
        assert!(matches!(read(dripping(1_000_000, 1, 5), 1_000_000).await, Err(Error::TooSlow)));
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_body_over_a_poor_line_arrives_with_a_pause_in_it() {
        let body = read(dripping(10, 100_000, 15), 10_000_000).await.unwrap();
        assert_eq!(body.len(), 1_000_000);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_without_a_length_is_cut_where_it_is_too_long() {
        assert!(matches!(read(dripping(10, 1000, 0), 5000).await, Err(Error::TooLarge { most: 5000 })));
    }
}
