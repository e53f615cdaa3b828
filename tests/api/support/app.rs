//! A server of its own for every test.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use sqlx::{Connection, PgConnection, Row};
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
};
use trellis::{
    App,
    app::Shared,
    channels::Channels,
    config::ServerSettings,
    database::{self, Pool},
    identity::secrets::{cipher::Cipher, keys::Keyring, password::Passwords, token::AccessTokens},
    mail::{MailSender, Memory},
    server::{
        self,
        worker::{self, Bells},
    },
};
use uuid::Uuid;

use super::{
    Anonymous, User,
    cluster::{Cluster, cluster},
};

/// A running server, its database and its outgoing mail. It stops when dropped.
pub struct TestApp {
    pub address: SocketAddr,
    /// Superuser's URL of this test's database.
    pub database_url: String,
    pub app: App,
    pub mail: Arc<Memory>,
    pub http: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

impl TestApp {
    /// A server on a migrated database of its own.
    pub async fn new() -> Self {
        Self::on(&cluster().await.database().await).await
    }

    /// Another server on this database.
    pub async fn on(database_url: &str) -> Self {
        Self::with(database_url, Self::settings()).await
    }

    /// Settings that tests start from.
    pub fn settings() -> ServerSettings {
        ServerSettings {
            listen: "127.0.0.1:0".parse().unwrap(),
            metrics_listen: None,
            public_url: "http://trellis.example".into(),
            cors_origins: vec!["https://app.example".into()],
            trust_proxy: true,
            database_connections: Some(4),
            max_connections: 1000,
            audit_months: 24,
        }
    }

    /// A server with other settings.
    pub async fn with(database_url: &str, settings: ServerSettings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let app = Self::at(address, database_url, &Keyring::generate(), settings, stop);
        tokio::spawn(server::run(listener, server::router(&app.app), 1000, async {
            drop(stopped.await);
        }));
        app
    }

    /// A server that runs as another process, with this secret: what it takes to call it.
    pub fn of_process(address: SocketAddr, database_url: &str, secret: &str) -> Self {
        Self::at(address, database_url, secret, Self::settings(), oneshot::channel().0)
    }

    fn at(
        address: SocketAddr,
        database_url: &str,
        secret: &str,
        settings: ServerSettings,
        stop: oneshot::Sender<()>,
    ) -> Self {
        let keyring = Keyring::parse(secret).unwrap();
        let mail = Arc::new(Memory::default());
        let options = database::app_options(database_url).unwrap();
        let app = Arc::new(Shared {
            pool: Pool::new(options, settings.pool_size()),
            passwords: Passwords::default(),
            tokens: AccessTokens::new(&keyring),
            cipher: Cipher::new(&keyring),
            mailer: mail.clone(),
            channels: Channels::default(),
            bells: Bells::default(),
            settings,
        });
        let database_url = database_url.to_owned();
        Self { address, database_url, app, mail, http: http_client(), _stop: stop }
    }

    /// Works off the queues, as a server does, until the sender that comes back is dropped.
    pub fn work(&self) -> watch::Sender<bool> {
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(worker::run(self.app.clone(), stopped.into()));
        stop
    }

    /// Works off the queues as a server does that delivers by these.
    pub fn work_by(&self, mailer: Arc<dyn MailSender>, channels: Channels) -> watch::Sender<bool> {
        let keyring = Keyring::parse(&Keyring::generate()).unwrap();
        let app = Arc::new(Shared {
            pool: self.app.pool.clone(),
            passwords: Passwords::default(),
            tokens: AccessTokens::new(&keyring),
            cipher: Cipher::new(&keyring),
            mailer,
            channels,
            bells: Bells::default(),
            settings: Self::settings(),
        });
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(worker::run(app, stopped.into()));
        stop
    }

    /// An empty database on this run's server.
    pub async fn empty_database() -> String {
        cluster().await.empty_database().await
    }

    /// A migrated database on this run's server.
    pub async fn database() -> String {
        Cluster::database(cluster().await).await
    }

    /// Nobody.
    pub fn anonymous(&self) -> Anonymous<'_> {
        Anonymous { app: self }
    }

    /// A signed-in user who has just registered; `name` makes up their e-mail address.
    pub async fn user(&self, name: &str) -> User<'_> {
        self.user_with_roles(name, &["coach:USER", "migratio:user"]).await
    }

    /// A platform administrator.
    pub async fn admin(&self) -> User<'_> {
        self.user_with_roles("admin", &["platform:admin", "coach:USER", "migratio:user"]).await
    }

    /// A user with these roles, made in the database and signed in by a token of our own.
    pub async fn user_with_roles(&self, name: &str, roles: &[&str]) -> User<'_> {
        let email = format!("{name}@example.com");
        let mut conn = self.sql().await;
        let id: Uuid = sqlx::query(
            "insert into identity.users (email, email_verified_at, first_name)
             values ($1, now(), $2) returning id",
        )
        .bind(&email)
        .bind(name)
        .fetch_one(&mut conn)
        .await
        .unwrap()
        .get(0);
        for role in roles {
            let (domain, code) = role.split_once(':').unwrap();
            sqlx::query(
                "insert into identity.role_grants (user_id, domain, role_code)
                 values ($1, $2::identity.domain, $3)",
            )
            .bind(id)
            .bind(domain)
            .bind(code)
            .execute(&mut conn)
            .await
            .unwrap();
        }
        let roles = roles.iter().map(ToString::to_string).collect();
        let session = Uuid::now_v7();
        let token = self.app.tokens.issue(id, session, roles, chrono::Utc::now());
        User { app: self, id, email, token }
    }

    /// A superuser's connection, to see and do what no client can.
    pub async fn sql(&self) -> PgConnection {
        PgConnection::connect(&self.database_url).await.unwrap()
    }

    /// One number out of the database.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let row = sqlx::raw_sql(sql);
        let mut conn = self.sql().await;
        sqlx::Executor::fetch_one(&mut conn, row).await.unwrap().get(0)
    }

    /// Runs any SQL as the superuser.
    pub async fn execute(&self, sql: &str) {
        let mut conn = self.sql().await;
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        sqlx::Executor::execute(&mut conn, sql).await.unwrap();
    }
}

/// Tests speak plain HTTP, but no client is made without a choice of cryptography.
fn http_client() -> reqwest::Client {
    // It is chosen once per process; later choices change nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
    // Idle connections are let go before the server does so, which is while a request may be on its way.
    reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(1)).build().unwrap()
}
