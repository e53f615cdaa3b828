//! `trellis schema`: diagrams of the schema.

use std::{collections::BTreeMap, fs};

use sqlx::{Connection, PgConnection};

use super::Failure;
use crate::{
    config::SchemaArgs,
    database::{
        self,
        local::{LocalOptions, LocalServer},
    },
};

/// Prints the diagrams, or puts them into their places in a file.
pub async fn run(args: &SchemaArgs) -> Result<(), Failure> {
    let diagrams = match args.database.is_given() {
        true => read(args.database.url()?).await?,
        false => read_migrations().await?,
    };
    let Some(path) = &args.file else {
        for (domain, diagram) in diagrams {
            println!("%% {domain}\n{diagram}");
        }
        return Ok(());
    };
    let name = path.display();
    let old = fs::read_to_string(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    let new = database::place(&old, &diagrams).map_err(|error| format!("{name}: {error}"))?;
    if new == old {
        println!("{name} is up to date");
    } else {
        fs::write(path, new).map_err(|error| format!("cannot write {name}: {error}"))?;
        println!("{name} is up to date now");
    }
    Ok(())
}

async fn read(url: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut conn = PgConnection::connect_with(&database::owner_options(url)?).await?;
    Ok(database::diagrams(&mut conn).await?)
}

/// Of a private server on which nothing but the migrations ran.
async fn read_migrations() -> Result<BTreeMap<String, String>, Failure> {
    let directory = std::env::temp_dir().join(format!("trellis-schema-{}", std::process::id()));
    let server = LocalServer::start(LocalOptions::disposable(directory)).await?;
    let url = server.url("postgres");
    let diagrams = async {
        database::migrate(&url).await?;
        read(&url).await
    };
    let diagrams = diagrams.await;
    server.stop().await?;
    diagrams
}
