//! One private PostgreSQL per run, with a migrated template that every test clones.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, raw_sql};
use tokio::sync::OnceCell;
use trellis::database::{
    self,
    local::{LocalOptions, LocalServer},
};

/// The server that this run uses: ours, or the one of `DATABASE_URL`.
pub struct Cluster {
    server: Option<LocalServer>,
    given: Option<String>,
    run: String,
    next: AtomicU32,
}

/// Tests have a runtime each; the first one starts the server for all.
pub async fn cluster() -> &'static Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER.get_or_init(Cluster::start).await
}

impl Cluster {
    async fn start() -> Self {
        let given = std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
        let run = format!("trellis_test_{}", process::id());
        let server = match given {
            Some(_) => None,
            None => {
                let directory = std::env::temp_dir().join(&run).join("postgres");
                let mut options = LocalOptions::disposable(directory);
                options.settings.push(("max_connections".into(), "500".into()));
                Some(LocalServer::start(options).await.unwrap())
            }
        };
        let cluster = Self { server, given, run, next: AtomicU32::new(0) };
        let template = cluster.template();
        cluster.admin(&format!("create database {template}")).await;
        database::migrate(&cluster.url(&template)).await.unwrap();
        cluster
    }

    fn template(&self) -> String {
        format!("{}_template", self.run)
    }

    /// Superuser's URL of a database on this server.
    pub fn url(&self, database: &str) -> String {
        match (&self.server, &self.given) {
            (Some(server), _) => server.url(database),
            (None, Some(given)) => {
                let (server, query) = given.split_once('?').unwrap_or((given, ""));
                let (server, _) = server.rsplit_once('/').unwrap();
                format!("{server}/{database}?{query}")
            }
            (None, None) => unreachable!("a server is started or given"),
        }
    }

    async fn admin(&self, sql: &str) {
        let mut conn = PgConnection::connect(&self.url("postgres")).await.unwrap();
        conn.execute(raw_sql(AssertSqlSafe(sql))).await.unwrap();
    }

    /// An empty database: nothing migrated.
    pub async fn empty_database(&self) -> String {
        let name = format!("{}_{}", self.run, self.next.fetch_add(1, Ordering::Relaxed));
        self.admin(&format!("create database {name}")).await;
        self.url(&name)
    }

    /// A migrated database.
    pub async fn database(&self) -> String {
        let name = format!("{}_{}", self.run, self.next.fetch_add(1, Ordering::Relaxed));
        let template = self.template();
        self.admin(&format!("create database {name} template {template} strategy file_copy")).await;
        self.url(&name)
    }
}
