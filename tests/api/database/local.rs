//! The private server: life cycle, ownership and what happens when its owner is killed.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use tokio::signal::unix::{SignalKind, signal as signal_of};
use trellis::database::local::{LocalError, LocalOptions, LocalServer};

/// Tells a helper process which directory to serve.
const HELPER: &str = "LOCAL_TEST_DIRECTORY";
const NOBODY: u32 = 65_534;

/// A directory of one test, removed at its end.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("local-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Durable in life cycle, but fast.
pub fn kept(data: PathBuf) -> LocalOptions {
    LocalOptions { durable: false, ..LocalOptions::durable(data) }
}

fn sql(url: &str, statement: &str) -> Result<String, String> {
    let mut psql = Command::new("psql");
    let output =
        psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, url]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Every process that mentions or works in `directory`, apart from those of this test.
fn processes(directory: &Path) -> Vec<String> {
    let output = Command::new("ps").args(["-axo", "pid=,args="]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let name = directory.to_str().unwrap();
    text.lines().filter(|line| line.contains(name)).map(str::to_owned).collect()
}

fn await_quiet(directory: &Path, limit: Duration) {
    let deadline = Instant::now() + limit;
    loop {
        let left = processes(directory);
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < deadline, "still running: {left:#?}");
        sleep(Duration::from_millis(50));
    }
}

fn signal(name: &str, target: &str) {
    let status = Command::new("/bin/sh")
        .args(["-c", "kill -s \"$1\" -- \"$2\"", "sh", name, target])
        .status();
    assert!(status.unwrap().success());
}

fn server_pid(data: &Path) -> String {
    fs::read_to_string(data.join("postmaster.pid")).unwrap().lines().next().unwrap().to_owned()
}

/// Another process of this program that serves `data` until Ctrl-C.
struct Helper {
    child: Child,
    output: BufReader<ChildStdout>,
    url: String,
}

impl Helper {
    fn start(data: &Path, mode: &str, uid: Option<u32>) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "database::local::helper_process", "--ignored", "--nocapture"]);
        command
            .env(HELPER, format!("{mode}:{}", data.display()))
            .stdout(Stdio::piped())
            .process_group(0);
        if let Some(uid) = uid {
            command.uid(uid).gid(uid).current_dir("/");
        }
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut helper = Self { child, output, url: String::new() };
        helper.url = helper.line("ready ");
        helper
    }

    /// The rest of the next line with `mark`.
    fn line(&mut self, mark: &str) -> String {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some((_, rest)) = line.split_once(mark) {
                return rest.trim().to_owned();
            }
            line.clear();
        }
        panic!("the helper ended without {mark:?}");
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
#[ignore = "run by other tests in a process of its own"]
async fn helper_process() {
    let Ok(what) = env::var(HELPER) else { return };
    let (mode, data) = what.split_once(':').unwrap();
    let options = match mode {
        "kept" => kept(data.into()),
        _ => LocalOptions::disposable(data),
    };
    let server = LocalServer::start(options).await.unwrap();
    // Listened for before anybody is told that we are ready, or the signal would end us.
    let mut interrupt = signal_of(SignalKind::interrupt()).unwrap();
    println!("ready {}", server.url("postgres"));
    interrupt.recv().await.unwrap();
    sleep(Duration::from_millis(300));
    println!("still {}", sql(&server.url("postgres"), "select 42").unwrap());
    server.stop().await.unwrap();
    println!("stopped ok");
}

#[tokio::test]
async fn keeps_data_between_starts() {
    let scratch = Scratch::new("keeps");
    for (statement, answer) in
        [("create table t as select 7 as n; select n from t", "7"), ("select n from t", "7")]
    {
        let begin = Instant::now();
        let server = LocalServer::start(kept(scratch.data())).await.unwrap();
        eprintln!("ready after {:?}", begin.elapsed());
        assert_eq!(sql(&server.url("postgres"), statement).unwrap(), answer);
        let url = server.url("postgres");
        server.stop().await.unwrap();
        assert!(sql(&url, "select 1").is_err());
        assert_eq!(processes(&scratch.0), [""; 0]);
    }
    assert!(scratch.names().iter().all(|name| !name.contains(".new")));
}

#[tokio::test]
async fn durable_server_has_safe_settings() {
    let scratch = Scratch::new("durable");
    let mut options = LocalOptions::durable(scratch.data());
    options.settings.push(("application_name".into(), "it's set".into()));
    let server = LocalServer::start(options).await.unwrap();
    let show = "select string_agg(setting, ',' order by name) from pg_settings where name in ('fsync', \
                'full_page_writes', 'listen_addresses', 'unix_socket_directories')";
    let url = server.url("postgres");
    assert_eq!(sql(&url, show).unwrap(), "on,on,127.0.0.1,");
    let identity = "select current_user, usesuper, datcollate, pg_encoding_to_char(encoding) \
                    from pg_user, pg_database where usename = current_user and datname = 'postgres'";
    assert_eq!(sql(&url, identity).unwrap(), "trellis|t|C|UTF8");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn asks_for_the_password() {
    let scratch = Scratch::new("password");
    let server = LocalServer::start(LocalOptions::disposable(scratch.data())).await.unwrap();
    let mode = fs::metadata(scratch.0.join("data.password")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let wrong = format!("postgres://trellis:wrong@127.0.0.1:{}/postgres", server.port());
    assert!(sql(&wrong, "select 1").unwrap_err().contains("authentication failed"));
    sql(&server.url("postgres"), "create database \"odd name/?\"").unwrap();
    let odd = sql(&server.url("odd name/?"), "select current_database()");
    assert_eq!(odd.unwrap(), "odd name/?");
    assert!(!format!("{server:?}").contains(server.url("").split(['@', ':']).nth(2).unwrap()));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn disposable_leaves_nothing() {
    let scratch = Scratch::new("disposable");
    let server = LocalServer::start(LocalOptions::disposable(scratch.data())).await.unwrap();
    sql(&server.url("postgres"), "create table t as select generate_series(1, 100000)").unwrap();
    server.stop().await.unwrap();
    assert_eq!(scratch.names(), [""; 0]);

    let helper = Helper::start(&scratch.data(), "disposable", None);
    helper.kill();
    await_quiet(&scratch.0, Duration::from_secs(30));
    assert_eq!(scratch.names(), [""; 0]);
}

#[tokio::test]
async fn refuses_a_second_start() {
    let scratch = Scratch::new("second");
    let first = LocalServer::start(kept(scratch.data())).await.unwrap();
    let second = LocalServer::start(LocalOptions::disposable(scratch.data())).await;
    assert!(matches!(second, Err(LocalError::InUse(_))), "{second:?}");
    assert_eq!(sql(&first.url("postgres"), "select 1").unwrap(), "1");
    first.stop().await.unwrap();
    assert!(scratch.data().join("PG_VERSION").exists());
}

#[tokio::test]
async fn ends_with_its_killed_owner() {
    let scratch = Scratch::new("killed");
    let helper = Helper::start(&scratch.data(), "kept", None);
    sql(&helper.url, "create table t as select 1 as n").unwrap();
    helper.kill();
    await_quiet(&scratch.0, Duration::from_secs(30));

    // And while the old server is still stopping.
    let helper = Helper::start(&scratch.data(), "kept", None);
    helper.kill();
    let server = LocalServer::start(kept(scratch.data())).await.unwrap();
    assert_eq!(sql(&server.url("postgres"), "select n from t").unwrap(), "1");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn survives_the_terminals_interrupt() {
    let scratch = Scratch::new("interrupt");
    let mut helper = Helper::start(&scratch.data(), "kept", None);
    signal("INT", &format!("-{}", helper.child.id()));
    assert_eq!(helper.line("still "), "42");
    helper.line("stopped ok");
    assert!(helper.child.wait().unwrap().success());
    assert_eq!(processes(&scratch.0), [""; 0]);
}

#[tokio::test]
async fn notices_the_servers_death_and_recovers() {
    let scratch = Scratch::new("death");
    let mut server = LocalServer::start(kept(scratch.data())).await.unwrap();
    sql(&server.url("postgres"), "create table t as select 1 as n").unwrap();
    sql(&server.url("postgres"), "checkpoint").unwrap();
    signal("KILL", &server_pid(&scratch.data()));
    let error = tokio::time::timeout(Duration::from_secs(5), server.wait()).await.unwrap();
    assert!(matches!(error, LocalError::Exited { .. }), "{error}");
    assert!(server.stop().await.is_err());

    // The dead server's children may still be ending.
    let server = LocalServer::start(kept(scratch.data())).await.unwrap();
    assert_eq!(sql(&server.url("postgres"), "select n from t").unwrap(), "1");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn stops_a_server_without_supervisor() {
    let scratch = Scratch::new("orphan");
    let helper = Helper::start(&scratch.data(), "kept", None);
    for line in processes(&scratch.0) {
        if line.contains("/bin/sh") {
            signal("KILL", line.split_whitespace().next().unwrap());
        }
    }
    assert_eq!(sql(&helper.url, "select 1").unwrap(), "1");
    helper.kill();
    let server = LocalServer::start(kept(scratch.data())).await.unwrap();
    assert_eq!(sql(&server.url("postgres"), "select 1").unwrap(), "1");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn waits_for_a_taken_port() {
    let scratch = Scratch::new("port");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut options = LocalOptions::disposable(scratch.data());
    options.settings.push(("port".into(), port.to_string()));
    let release = std::thread::spawn(move || {
        // Long enough for initdb and some attempts.
        sleep(Duration::from_secs(3));
        drop(taken);
    });
    let server = LocalServer::start(options).await.unwrap();
    assert!(release.is_finished());
    assert_eq!(server.port(), port);
    assert_eq!(sql(&server.url("postgres"), "select 1").unwrap(), "1");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn starts_beside_a_reused_pid() {
    let scratch = Scratch::new("reused");
    LocalServer::start(kept(scratch.data())).await.unwrap().stop().await.unwrap();
    let owner = fs::metadata(scratch.data()).unwrap();
    let (uid, gid) = (owner.uid(), owner.gid());
    let mut sleeper = Command::new("sleep").arg("60").uid(uid).gid(gid).spawn().unwrap();
    for pid in [sleeper.id(), 4_000_000] {
        let path = scratch.data().join("postmaster.pid");
        let data = scratch.data();
        let text =
            format!("{pid}\n{}\n1700000000\n5432\n\n127.0.0.1\n  1 2\nready   \n", data.display());
        fs::write(&path, text).unwrap();
        chown(&path, Some(uid), Some(gid)).unwrap();
        let server = LocalServer::start(kept(scratch.data())).await.unwrap();
        assert_eq!(sql(&server.url("postgres"), "select 1").unwrap(), "1");
        server.stop().await.unwrap();
    }
    assert!(sleeper.try_wait().unwrap().is_none());
    sleeper.kill().unwrap();
    sleeper.wait().unwrap();
}

#[tokio::test]
async fn explains_what_is_wrong() {
    let scratch = Scratch::new("wrong");
    let mut options = LocalOptions::disposable(scratch.data());
    options.settings.push(("max_connections".into(), "nonsense".into()));
    let error = LocalServer::start(options).await.unwrap_err().to_string();
    assert!(error.contains("max_connections") && !error.contains('\n'), "{error}");
    await_quiet(&scratch.0, Duration::from_secs(30));

    fs::create_dir(scratch.data()).unwrap();
    fs::write(scratch.data().join("PG_VERSION"), "14\n").unwrap();
    let error = LocalServer::start(kept(scratch.data())).await.unwrap_err();
    assert!(matches!(error, LocalError::TooOld { version: 14, .. }), "{error}");
    fs::write(scratch.data().join("PG_VERSION"), "99\n").unwrap();
    let error = LocalServer::start(kept(scratch.data())).await.unwrap_err();
    assert!(!error.to_string().contains('\n'), "{error}");
    fs::rename(scratch.data().join("PG_VERSION"), scratch.data().join("notes")).unwrap();
    let error = LocalServer::start(kept(scratch.data())).await.unwrap_err();
    assert!(matches!(error, LocalError::NotADatabase(_)), "{error}");
}

#[tokio::test]
async fn dropping_it_stops_the_server() {
    let scratch = Scratch::new("dropped");
    drop(LocalServer::start(LocalOptions::disposable(scratch.data())).await.unwrap());
    await_quiet(&scratch.0, Duration::from_secs(30));
    assert_eq!(scratch.names(), [""; 0]);

    // Also in the middle of the start.
    for milliseconds in [5, 20, 60, 200, 500] {
        let start = LocalServer::start(LocalOptions::disposable(scratch.data()));
        let unfinished = tokio::time::timeout(Duration::from_millis(milliseconds), start).await;
        drop(unfinished);
        await_quiet(&scratch.0, Duration::from_secs(30));
        assert_eq!(scratch.names(), [""; 0]);
    }
}

#[tokio::test]
async fn runs_for_an_ordinary_user() {
    let scratch = Scratch::new("ordinary");
    if fs::metadata(&scratch.0).unwrap().uid() != 0 {
        return; // Then all other tests do this.
    }
    chown(&scratch.0, Some(NOBODY), Some(NOBODY)).unwrap();
    let mut helper = Helper::start(&scratch.data(), "kept", Some(NOBODY));
    assert_eq!(sql(&helper.url, "select 1").unwrap(), "1");
    signal("INT", &helper.child.id().to_string());
    helper.line("stopped ok");
    assert!(helper.child.wait().unwrap().success());

    // Root serves it as its owner.
    let server = LocalServer::start(kept(scratch.data())).await.unwrap();
    assert_eq!(sql(&server.url("postgres"), "select 1").unwrap(), "1");
    server.stop().await.unwrap();
    assert_eq!(fs::metadata(scratch.data()).unwrap().uid(), NOBODY);

    let closed = scratch.0.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let error = LocalServer::start(kept(closed.join("data"))).await.unwrap_err();
    assert!(matches!(&error, LocalError::Unreachable { path, .. } if *path == closed), "{error}");
    eprintln!("{error}");
}
