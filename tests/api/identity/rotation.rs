use sqlx::Row;
use trellis::identity::{
    rotation::{Rotated, rotate_keys},
    secrets::{cipher::Cipher, keys::Keyring},
};
use uuid::Uuid;

use crate::support::TestApp;

const COLUMNS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

fn cipher(secrets: &[&str]) -> Cipher {
    Cipher::new(&Keyring::parse(&secrets.join(",")).unwrap())
}

/// Accounts of somebody, each with three values under this cipher.
async fn accounts(app: &TestApp, cipher: &Cipher, count: usize) -> Vec<Uuid> {
    let ann = app.user(&format!("ann{}", Uuid::new_v4())).await;
    let mut conn = app.sql().await;
    let mut ids = Vec::new();
    for _ in 0..count {
        let id = Uuid::now_v7();
        let sealed = COLUMNS.map(|column| {
            cipher.encrypt(
                format!("{id} {column}").as_bytes(),
                id,
                &format!("identity.accounts.{column}"),
            )
        });
        sqlx::query(
            "insert into identity.accounts
               (user_id, id, type, provider, provider_account_id, access_token, refresh_token, id_token)
             values ($1, $2, 'oauth', 'github', $2::text, $3, $4, $5)",
        )
        .bind(ann.id)
        .bind(id)
        .bind(&sealed[0])
        .bind(&sealed[1])
        .bind(&sealed[2])
        .execute(&mut conn)
        .await
        .unwrap();
        ids.push(id);
    }
    ids
}

/// Whether this cipher opens all three values of the account.
async fn opens(app: &TestApp, cipher: &Cipher, id: Uuid) -> bool {
    let row = sqlx::query(
        "select access_token, refresh_token, id_token from identity.accounts where id = $1",
    )
    .bind(id)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    COLUMNS.iter().enumerate().all(|(nth, column)| {
        let stored: Vec<u8> = row.get(nth);
        let plain = cipher.decrypt(&stored, id, &format!("identity.accounts.{column}"));
        plain.is_ok_and(|plain| plain == format!("{id} {column}").as_bytes())
    })
}

/// What became of the values of accounts.
async fn rotated(app: &TestApp, cipher: &Cipher) -> Vec<Rotated> {
    let mut done = rotate_keys(&app.app.pool, cipher).await.unwrap();
    done.retain(|one| one.column.starts_with("identity.accounts."));
    done
}

#[tokio::test]
async fn every_value_comes_under_the_newest_key_and_a_repeat_changes_nothing() {
    let app = TestApp::new().await;
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let (both, newest) = (cipher(&[&new, &old]), cipher(&[&new]));
    // More than one batch, of several owners, some current already.
    let mut ids = accounts(&app, &cipher(&[&old]), 130).await;
    ids.extend(accounts(&app, &cipher(&[&old]), 3).await);
    ids.extend(accounts(&app, &newest, 2).await);
    let done = rotated(&app, &both).await;
    let counts: Vec<_> =
        done.iter().map(|one| (one.rotated, one.current, one.unreadable)).collect();
    assert_eq!(counts, [(133, 2, 0); 3], "{done:?}");
    for id in ids {
        assert!(opens(&app, &newest, id).await);
    }
    let again = rotated(&app, &both).await;
    assert!(again.iter().all(|one| (one.rotated, one.current) == (0, 135)), "{again:?}");
}

#[tokio::test]
async fn what_no_key_opens_is_counted_and_left_alone() {
    let app = TestApp::new().await;
    let (lost, old, new) = (Keyring::generate(), Keyring::generate(), Keyring::generate());
    let gone = accounts(&app, &cipher(&[&lost]), 1).await[0];
    let there = accounts(&app, &cipher(&[&old]), 1).await[0];
    let done = rotated(&app, &cipher(&[&new, &old])).await;
    assert!(done.iter().all(|one| (one.rotated, one.unreadable) == (1, 1)), "{done:?}");
    assert!(opens(&app, &cipher(&[&new]), there).await);
    assert!(opens(&app, &cipher(&[&lost]), gone).await);
}

#[tokio::test]
async fn rotations_at_once_harm_nothing() {
    let app = TestApp::new().await;
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let ids = accounts(&app, &cipher(&[&old]), 20).await;
    let both = cipher(&[&new, &old]);
    let (one, two) =
        tokio::join!(rotate_keys(&app.app.pool, &both), rotate_keys(&app.app.pool, &both));
    let total: u64 = [one.unwrap(), two.unwrap()].iter().flatten().map(|one| one.rotated).sum();
    assert_eq!(total, 60);
    for id in ids {
        assert!(opens(&app, &cipher(&[&new]), id).await);
    }
}
