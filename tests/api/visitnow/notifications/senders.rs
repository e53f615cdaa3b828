//! Who delivers in tests: what refuses for a while, and a mail server that answers as it is told.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::future::BoxFuture;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use trellis::{
    channels::{Channel, Notice, Undelivered},
    mail::{Mail, MailError, MailSender, Memory, Sending},
};

/// Does not get through so many times, then delivers.
pub struct Shaky {
    troubles: AtomicUsize,
    pub delivered: Memory,
}

impl Shaky {
    pub fn for_so_many(troubles: usize) -> Arc<Self> {
        Arc::new(Self { troubles: troubles.into(), delivered: Memory::default() })
    }
}

impl MailSender for Shaky {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        let left = self
            .troubles
            .try_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(_) => Box::pin(async { Err(MailError::Timeout) }),
            Err(_) => self.delivered.send(mail),
        }
    }
}

/// Panics.
pub struct Crash;

impl MailSender for Crash {
    fn send<'a>(&'a self, _: &'a Mail) -> Sending<'a> {
        panic!("it crashes");
    }
}

/// Keeps notices, by whom they are for: address, else user.
#[derive(Default)]
pub struct Kept(pub Mutex<Vec<String>>);

impl Channel for Kept {
    fn deliver<'a>(&'a self, notice: &'a Notice) -> BoxFuture<'a, Result<(), Undelivered>> {
        let to = notice.recipient.clone().unwrap_or_else(|| notice.user.to_string());
        self.0.lock().unwrap().push(format!("{to}: {}", notice.subject));
        Box::pin(async { Ok(()) })
    }
}

/// A mail server that says this to every recipient; its URL.
pub async fn mail_server(refusal: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            drop(stream.write_all(b"220 test\r\n").await);
            let mut line = String::new();
            while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
                let answer = if line.starts_with("RCPT") { refusal } else { "250 ok" };
                drop(stream.write_all(format!("{answer}\r\n").as_bytes()).await);
                line.clear();
            }
        }
    });
    url
}
