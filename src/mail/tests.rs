use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::*;

/// What an SMTP server says to a line; nothing to a line of the mail itself.
fn answer(line: &str, data: bool, refusal: Option<&'static str>) -> Option<&'static str> {
    match line {
        "DATA" => Some("354 go on"),
        "." => Some("250 ok"),
        _ if data => None,
        rcpt if rcpt.starts_with("RCPT") => Some(refusal.unwrap_or("250 ok")),
        _ => Some("250 ok"),
    }
}

/// An SMTP server for one conversation: answers `refusal` to RCPT if there is one, gives all it was told.
async fn server(refusal: Option<&'static str>) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        let (mut heard, mut data) = (String::new(), false);
        stream.write_all(b"220 test\r\n").await.unwrap();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return heard;
            }
            heard += &line;
            let Some(answer) = answer(line.trim_end(), data, refusal) else { continue };
            data = answer.starts_with("354");
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    });
    (url, heard)
}

/// A mail to Ada.
fn mail() -> Mail {
    Mail::new("ada@example.com", "Hello", "A secret word.\n".to_owned()).unwrap()
}

#[test]
fn what_is_logged_of_a_mail_names_nobody() {
    let told = format!("{:?}", mail());
    assert!(told.contains("Hello") && !told.contains("ada") && !told.contains("secret"), "{told}");
}

#[test]
fn nothing_can_become_a_header() {
    for to in [
        "",
        "ada",
        "ada@",
        "a@b.c, d@e.f",
        "a@b.c\r\nBcc: d@e.f",
        "a\n@b.c",
        "Ada <a@b.c>",
        "a@b.c\n",
    ] {
        assert!(matches!(Mail::new(to, "Hello", String::new()), Err(MailError::Address)), "{to:?}");
    }
    for subject in ["Hello\r\nBcc: d@e.f", "Hello\n", "\0"] {
        assert!(
            matches!(Mail::new("a@b.cd", subject, String::new()), Err(MailError::Subject)),
            "{subject:?}"
        );
    }
}

#[tokio::test]
async fn memory_keeps_what_the_trait_sends() {
    let memory = Arc::new(Memory::default());
    let sender: Arc<dyn MailSender> = memory.clone();
    let mail = mail();
    sender.send(&mail).await.unwrap();
    Console.send(&mail).await.unwrap();
    assert_eq!(memory.messages(), std::slice::from_ref(&mail));
    assert!(matches!(Nowhere.send(&mail).await, Err(MailError::Nowhere)));
}

#[tokio::test]
async fn smtp_delivers_a_plain_text_mail() {
    let (url, heard) = server(None).await;
    let smtp = Smtp::new(&url, "Trellis <noreply@trellis.example>").unwrap();
    smtp.send(&mail()).await.unwrap();
    drop(smtp);
    let heard = heard.await.unwrap();
    for line in [
        "EHLO trellis.example",
        "RCPT TO:<ada@example.com>",
        "From: Trellis <noreply@trellis.example>",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(heard.contains(line), "{line} not in:\n{heard}");
    }
    assert!(
        heard.contains("text/plain; charset=utf-8") && heard.contains("\r\nA secret word.\r\n")
    );
}

#[tokio::test]
async fn failures_are_told_and_name_nobody() {
    let mail = mail();
    for (refusal, again) in [("550 no such user ada@example.com", false), ("450 later", true)] {
        let (url, _heard) = server(Some(refusal)).await;
        let error =
            Smtp::new(&url, "noreply@trellis.example").unwrap().send(&mail).await.unwrap_err();
        assert!(
            matches!(error, MailError::Refused { again: told, .. } if told == again),
            "{error:?}"
        );
        assert!(!error.to_string().contains("ada"), "{error}");
    }
    let closed = Smtp::new("smtp://127.0.0.1:1", "noreply@trellis.example").unwrap();
    assert!(matches!(closed.send(&mail).await, Err(MailError::Refused { again: true, .. })));
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mut smtp = Smtp::new(&url, "noreply@trellis.example").unwrap();
    assert_eq!(smtp.patience, Duration::from_secs(10));
    smtp.patience = Duration::from_millis(50);
    let mail = mail();
    assert!(matches!(smtp.send(&mail).await, Err(MailError::Timeout)));
}

#[test]
fn a_url_that_leaks_a_password_or_is_none_is_refused() {
    let from = "noreply@trellis.example";
    for url in [
        "",
        "localhost:25",
        "http://host",
        "smtp://user:hunter2@host:587",
        "smtp://u:hunter2@h?tls=opportunistic",
        "smtp://u:hunter2@h?tls=opportunistic&tls=required",
        "smtp://u:hunter2@h#?tls=required",
    ] {
        let error = Smtp::new(url, from).err().expect(url).to_string();
        assert!(!error.contains("hunter2") && !error.contains('\n'), "{error}");
    }
    assert!(Smtp::new("smtp://localhost", "not an address").is_err());
    assert!(Smtp::new("smtps://user:p%40ss@host:465", from).is_ok());
    assert!(Smtp::new("smtp://user:pass@host:587/name.example?tls=required", from).is_ok());
}
