//! As much of HTTP/1.1 as a browser, a proxy and this server need between them: one whole message at a time.

use std::{
    io::{self, ErrorKind},
    net::Ipv4Addr,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

/// A message that came whole.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The first line and the headers, with the empty line after them.
    pub head: String,
    /// Without the chunks' framing.
    pub body: Vec<u8>,
    /// Every byte as it came.
    pub raw: Vec<u8>,
}

const HEAD_MAX: usize = 64 * 1024;
const BODY_MAX: usize = 64 * 1024 * 1024;

impl Message {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Of an answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    #[must_use]
    pub fn is(&self, media_type: &str) -> bool {
        let seen = self.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        seen.trim().eq_ignore_ascii_case(media_type)
    }

    /// The same message with another body.
    #[must_use]
    pub fn with_body(&self, body: &[u8]) -> Vec<u8> {
        let framing = ["content-length:", "transfer-encoding:"];
        let kept = self.head.split_inclusive("\r\n").filter(|line| {
            let line = line.to_ascii_lowercase();
            !line.trim().is_empty() && !framing.iter().any(|name| line.starts_with(name))
        });
        let mut raw: Vec<u8> = kept.collect::<String>().into_bytes();
        raw.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        raw.extend_from_slice(body);
        raw
    }
}

/// Reads one request.
///
/// # Errors
/// It broke off, or is none.
pub async fn read_request(stream: &mut TcpStream) -> io::Result<Message> {
    read(stream, false).await
}

/// Reads one answer. Without a length it goes on until the other side closes, as browsers take it.
///
/// # Errors
/// It broke off before its stated end, or is none.
pub async fn read_answer(stream: &mut TcpStream) -> io::Result<Message> {
    read(stream, true).await
}

/// Where somebody on this machine can be reached.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The address that the other side sees: of a school, a home. All of 127.0.0.0/8 is this machine.
    pub from: Ipv4Addr,
    pub port: u16,
}

/// Sends bytes, and reads the answer.
///
/// # Errors
/// No connection, or the answer did not come whole.
pub async fn exchange(way: Way, raw: &[u8]) -> io::Result<Message> {
    let mut stream = connect(way).await?;
    stream.write_all(raw).await?;
    read_answer(&mut stream).await
}

/// # Errors
/// Nobody listens there.
pub async fn connect(way: Way) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    // Where a system has only one such address, all come from it.
    let _ = socket.bind((way.from, 0).into());
    let stream = socket.connect((Ipv4Addr::LOCALHOST, way.port).into()).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn read(stream: &mut TcpStream, answer: bool) -> io::Result<Message> {
    let mut raw = Vec::new();
    let end = loop {
        if let Some(at) = raw.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        if raw.len() > HEAD_MAX {
            return Err(ErrorKind::InvalidData.into());
        }
        more(stream, &mut raw).await?;
    };
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let mut message = Message { head, ..Message::default() };
    let chunked = message.header("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    let length = message.header("content-length").map(str::parse::<usize>).transpose();
    let length = length.map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
    if chunked {
        message.body = chunks(stream, &mut raw, end).await?;
    } else if let Some(length) = length.filter(|length| *length <= BODY_MAX) {
        while raw.len() < end + length {
            more(stream, &mut raw).await?;
        }
        message.body = raw[end..end + length].to_vec();
    } else if answer && !matches!(message.status(), 204 | 304) {
        while raw.len() <= BODY_MAX && stream.read_buf(&mut raw).await? > 0 {}
        message.body = raw[end..].to_vec();
    }
    message.raw = raw;
    Ok(message)
}

async fn chunks(stream: &mut TcpStream, raw: &mut Vec<u8>, mut at: usize) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line_end = loop {
            match raw[at..].windows(2).position(|w| w == b"\r\n") {
                Some(found) => break at + found,
                None => more(stream, raw).await?,
            }
        };
        let size = std::str::from_utf8(&raw[at..line_end]).unwrap_or_default();
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
        if size > BODY_MAX {
            return Err(ErrorKind::InvalidData.into());
        }
        let start = line_end + 2;
        while raw.len() < start + size + 2 {
            more(stream, raw).await?;
        }
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&raw[start..start + size]);
        at = start + size + 2;
    }
}

async fn more(stream: &mut TcpStream, raw: &mut Vec<u8>) -> io::Result<()> {
    if stream.read_buf(raw).await? == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tokio::net::TcpListener;

    async fn answered(raw: &'static [u8]) -> io::Result<Message> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_request(&mut stream).await.unwrap();
            stream.write_all(raw).await.unwrap();
        });
        let answer = exchange(Way { from: Ipv4Addr::LOCALHOST, port }, b"GET / HTTP/1.1\r\n\r\n").await;
        server.await.unwrap();
        answer
    }

    #[tokio::test]
    async fn an_answer_that_is_cut_is_no_answer() {
        for raw in [
            &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour"[..],
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nfour\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Le",
        ] {
            assert!(answered(raw).await.is_err(), "{}", String::from_utf8_lossy(raw));
        }
    }

    #[tokio::test]
    async fn a_whole_answer_is_read_however_its_length_is_told() {
        for raw in [
            &b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour"[..],
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nf\r\n3\r\nour\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n\r\nfour",
        ] {
            let answer = answered(raw).await.unwrap();
            assert_eq!((answer.status(), &answer.body[..]), (200, &b"four"[..]));
        }
    }
}
