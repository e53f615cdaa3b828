//! Kinds of skills: a catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::KEEPER;
use crate::{catalogue, database::Timestamp, rest::validation::rules};

/// A kind of skills.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SmatrxSkillCategory")]
pub struct SkillCategory {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// What belongs to it.
    pub description: Option<String>,
    /// Its colour, #rrggbb.
    pub color: Option<String>,
    /// Name of its icon.
    pub icon: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`SkillCategory`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "SmatrxSkillCategoryInput")]
pub struct SkillCategoryInput {
    /// What it is called: once, whatever its case.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Its name in addresses, once: small letters and digits, joined by single dashes. Absent: it is
    /// made from the name.
    #[validate(custom(function = "rules::slug"))]
    pub slug: Option<String>,
    /// What belongs to it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// Its colour, #rrggbb.
    #[validate(custom(function = "rules::color"))]
    pub color: Option<String>,
    /// Name of its icon.
    #[validate(length(min = 1, max = 200))]
    pub icon: Option<String>,
}

catalogue! {
    SkillCategory, SkillCategoryInput, "skill category", writers: KEEPER,
    list: "sql/smatrx/skill_categories/list.sql",
    get: "sql/smatrx/skill_categories/get.sql",
    insert: "sql/smatrx/skill_categories/insert.sql",
    update: "sql/smatrx/skill_categories/update.sql",
    delete: "sql/smatrx/skill_categories/delete.sql",
    columns: |input| [input.name, input.slug, input.description, input.color, input.icon],
    example: {
        "name": "Databases", "description": "Systems that store data and find it again.",
        "color": "#0f766e", "icon": "database",
    },
}
