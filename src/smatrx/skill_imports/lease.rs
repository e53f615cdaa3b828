//! An import in the hands of this server. What it writes names the attempt, so that nothing is written once another server
//! has taken the import.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{ImportItem, matching::Findings};
use crate::smatrx::SkillLevel;

/// Which import, and which attempt at it.
#[derive(Debug)]
pub struct Lease {
    /// Whose import it is.
    pub owner: Uuid,
    /// The import.
    pub id: Uuid,
    /// Which try this is, from 1.
    pub attempt: i32,
}

/// What is to be imported.
#[derive(Debug)]
pub struct Order {
    /// A text to be read.
    pub resume: Option<String>,
    /// Skills to be recorded.
    pub items: Option<Json<Vec<ImportItem>>>,
}

impl Lease {
    /// Leases the next import.
    pub async fn next(conn: &mut PgConnection) -> sqlx::Result<Option<Self>> {
        sqlx::query_file_as!(Self, "sql/smatrx/skill_imports/claim.sql").fetch_optional(conn).await
    }

    /// What is to be imported.
    pub async fn read(&self, conn: &mut PgConnection) -> sqlx::Result<Option<Order>> {
        sqlx::query_file_as!(
            Order,
            "sql/smatrx/skill_imports/read.sql",
            self.owner,
            self.id,
            self.attempt
        )
        .fetch_optional(conn)
        .await
    }

    /// Tells how far it is.
    pub async fn renew(
        &self,
        conn: &mut PgConnection,
        progress: i32,
        message: &str,
    ) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/smatrx/skill_imports/renew.sql",
            self.owner,
            self.id,
            self.attempt,
            progress,
            message
        )
        .fetch_optional(conn)
        .await
    }

    /// Records what was found and completes the import, in one statement.
    pub async fn finish(
        &self,
        conn: &mut PgConnection,
        found: &Findings,
    ) -> sqlx::Result<Option<Uuid>> {
        let (skills, skill): (Vec<Uuid>, Vec<_>) =
            found.skills.iter().map(|(id, skill)| (*id, skill)).unzip();
        let levels: Vec<SkillLevel> = skill.iter().map(|skill| skill.level).collect();
        let years: Vec<Option<i32>> = skill.iter().map(|skill| skill.years_experience).collect();
        let evidence: Vec<_> =
            skill.iter().map(|skill| skill.evidence.as_ref().map(Json)).collect();
        sqlx::query_file_scalar!(
            "sql/smatrx/skill_imports/finish.sql",
            self.owner,
            self.id,
            self.attempt,
            &skills,
            &levels as _,
            &years as _,
            &evidence as _,
            &found.unknown
        )
        .fetch_optional(conn)
        .await
    }

    /// Gives it back untried.
    pub async fn give_back(&self, conn: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/smatrx/skill_imports/give_back.sql",
            self.owner,
            self.id,
            self.attempt
        )
        .fetch_optional(conn)
        .await
    }

    /// Has it tried again in a while.
    pub async fn retry(
        &self,
        conn: &mut PgConnection,
        message: &str,
    ) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/smatrx/skill_imports/retry.sql",
            self.owner,
            self.id,
            self.attempt,
            message
        )
        .fetch_optional(conn)
        .await
    }

    /// Fails it for good.
    pub async fn fail(&self, conn: &mut PgConnection, error: &str) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/smatrx/skill_imports/fail.sql",
            self.owner,
            self.id,
            self.attempt,
            error
        )
        .fetch_optional(conn)
        .await
    }
}
