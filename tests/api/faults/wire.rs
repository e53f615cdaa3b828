use std::{
    io::{Error, Result},
    net::SocketAddr,
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::support::User;

/// One connection to a server, without the mercy of an HTTP client: no retry, no other connection.
pub struct Wire(BufReader<TcpStream>);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The server said that it is the last one on this connection.
    pub last: bool,
    pub body: String,
}

impl Wire {
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        Ok(Self(BufReader::new(TcpStream::connect(address).await?)))
    }

    /// Sends anything.
    pub async fn send(&mut self, text: &str) -> Result<()> {
        self.0.get_mut().write_all(text.as_bytes()).await
    }

    /// Reads one whole answer.
    pub async fn answer(&mut self) -> Result<Answer> {
        let (mut head, mut line) = (Vec::new(), String::new());
        while self.0.read_line(&mut line).await? > 2 {
            head.push(line.trim().to_lowercase());
            line.clear();
        }
        let status = head.first().and_then(|first| first.split(' ').nth(1)?.parse().ok());
        let status = status.ok_or_else(|| Error::other("no answer"))?;
        let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name));
        let length = header("content-length: ").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        let body = String::from_utf8(body).unwrap();
        Ok(Answer { status, last: header("connection: close").is_some(), body })
    }

    /// Asks and waits for the answer.
    pub async fn ask(&mut self, request: &str) -> Result<Answer> {
        self.send(request).await?;
        self.answer().await
    }

    /// Waits until the server closes; what it said until then.
    pub async fn closed(&mut self) -> String {
        let mut rest = Vec::new();
        // Closed with a reset is closed, too.
        drop(self.0.read_to_end(&mut rest).await);
        String::from_utf8(rest).unwrap()
    }
}

/// A request as it goes over the wire.
pub fn request(user: &User<'_>, method: &str, path: &str, body: Option<&Value>) -> String {
    let body = body.map(Value::to_string).unwrap_or_default();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: trellis\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        user.token,
        body.len()
    )
}
