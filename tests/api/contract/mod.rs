//! What every uniform resource promises, proven for each of them by one call.

mod bodies;
mod idempotency;
mod lists;
mod ownership;
mod versions;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Caller, TestApp, User};

/// What the contract must know of a resource; the rest is in the OpenAPI document.
pub struct Resource {
    /// Its collection.
    pub path: &'static str,
    /// A text; required, unless the resource is among [`UNDEMANDING`].
    pub text: &'static str,
    /// An optional field that the documented example sets.
    pub clear: &'static str,
    /// Another field, and a value that the example does not have.
    pub change: (&'static str, Value),
    /// A field that must name a row of another collection.
    pub parent: Option<(&'static str, &'static str)>,
}

/// Resources that require nothing.
const UNDEMANDING: &[&str] = &["/v1/coach/conversations"];

/// Catalogues, which all read, and the role that writes them.
const CATALOGUES: &[(&str, &str)] = &[
    ("/v1/mentorship/learning-paths", "mentorship:admin"),
    ("/v1/mentorship/support-groups", "mentorship:admin"),
    ("/v1/migratio/document-types", "migratio:contentManager"),
    ("/v1/migratio/occupation-codes", "migratio:contentManager"),
    ("/v1/migratio/programs", "migratio:contentManager"),
    ("/v1/smatrx/skill-categories", "smatrx:admin"),
    ("/v1/smatrx/skills", "smatrx:admin"),
];

/// Every uniform resource. A new one joins here, and gets a test below.
pub fn resources() -> Vec<Resource> {
    vec![
        applications(),
        assessments(),
        career_goals(),
        certifications(),
        conversations(),
        documents(),
        educations(),
        experiences(),
        interviews(),
        jobs(),
        mock_interviews(),
        resumes(),
        skills(),
        mentorship_learning_paths(),
        mentorship_milestones(),
        mentorship_support_groups(),
        migratio_document_types(),
        migratio_occupation_codes(),
        migratio_programs(),
        smatrx_career_goals(),
        smatrx_skill_categories(),
        smatrx_skills(),
    ]
}

fn applications() -> Resource {
    Resource {
        path: "/v1/coach/applications",
        text: "jobId",
        clear: "coverLetter",
        change: ("method", json!("AUTOMATED")),
        parent: Some(("jobId", "/v1/coach/jobs")),
    }
}

fn assessments() -> Resource {
    Resource {
        path: "/v1/coach/assessments",
        text: "title",
        clear: "aiInsights",
        change: ("score", json!(12.5)),
        parent: None,
    }
}

fn career_goals() -> Resource {
    Resource {
        path: "/v1/coach/career-goals",
        text: "title",
        clear: "targetDate",
        change: ("priority", json!(1)),
        parent: None,
    }
}

fn certifications() -> Resource {
    Resource {
        path: "/v1/coach/profile/certifications",
        text: "name",
        clear: "credentialUrl",
        change: ("issuingOrganization", json!("The Linux Foundation")),
        parent: None,
    }
}

fn conversations() -> Resource {
    Resource {
        path: "/v1/coach/conversations",
        text: "title",
        clear: "metadata",
        change: ("context", json!("INTERVIEW")),
        parent: None,
    }
}

fn documents() -> Resource {
    Resource {
        path: "/v1/coach/documents",
        text: "title",
        clear: "fileUrl",
        change: ("documentType", json!("PORTFOLIO")),
        parent: Some(("jobId", "/v1/coach/jobs")),
    }
}

fn educations() -> Resource {
    Resource {
        path: "/v1/coach/profile/educations",
        text: "institution",
        clear: "gpa",
        change: ("coursework", json!(["Operating systems"])),
        parent: None,
    }
}

fn experiences() -> Resource {
    Resource {
        path: "/v1/coach/profile/experiences",
        text: "company",
        clear: "workMode",
        change: ("achievements", json!([])),
        parent: None,
    }
}

fn interviews() -> Resource {
    Resource {
        path: "/v1/coach/interviews",
        text: "jobId",
        clear: "duration",
        change: ("round", json!(2)),
        parent: Some(("jobId", "/v1/coach/jobs")),
    }
}

fn jobs() -> Resource {
    Resource {
        path: "/v1/coach/jobs",
        text: "title",
        clear: "aiAnalysis",
        change: ("priority", json!(1)),
        parent: None,
    }
}

fn mock_interviews() -> Resource {
    Resource {
        path: "/v1/coach/mock-interviews",
        text: "title",
        clear: "difficulty",
        change: ("targetRole", json!("Baker")),
        parent: None,
    }
}

fn resumes() -> Resource {
    Resource {
        path: "/v1/coach/resumes",
        text: "title",
        clear: "parsedData",
        change: ("version", json!(7)),
        parent: None,
    }
}

fn skills() -> Resource {
    Resource {
        path: "/v1/coach/profile/skills",
        text: "name",
        clear: "category",
        change: ("level", json!("EXPERT")),
        parent: None,
    }
}

fn mentorship_learning_paths() -> Resource {
    Resource {
        path: "/v1/mentorship/learning-paths",
        text: "title",
        clear: "description",
        change: ("category", json!("technical")),
        parent: None,
    }
}

fn mentorship_milestones() -> Resource {
    Resource {
        path: "/v1/mentorship/milestones",
        text: "title",
        clear: "notes",
        change: ("type", json!("baby")),
        parent: None,
    }
}

fn mentorship_support_groups() -> Resource {
    Resource {
        path: "/v1/mentorship/support-groups",
        text: "name",
        clear: "description",
        change: ("name", json!("Fathers")),
        parent: None,
    }
}

fn migratio_document_types() -> Resource {
    Resource {
        path: "/v1/migratio/document-types",
        text: "name",
        clear: "validityMonths",
        change: ("category", json!("education")),
        parent: None,
    }
}

fn migratio_occupation_codes() -> Resource {
    Resource {
        path: "/v1/migratio/occupation-codes",
        text: "code",
        clear: "parentCode",
        change: ("title", json!("Bakers")),
        parent: None,
    }
}

fn migratio_programs() -> Resource {
    Resource {
        path: "/v1/migratio/programs",
        text: "name",
        clear: "description",
        change: ("category", json!("family")),
        parent: Some(("countryId", "/v1/migratio/countries")),
    }
}

fn smatrx_career_goals() -> Resource {
    Resource {
        path: "/v1/smatrx/goals",
        text: "title",
        clear: "targetDate",
        change: ("priority", json!("low")),
        parent: None,
    }
}

fn smatrx_skill_categories() -> Resource {
    Resource {
        path: "/v1/smatrx/skill-categories",
        text: "name",
        clear: "icon",
        change: ("color", json!("#C0FFEE")),
        parent: None,
    }
}

fn smatrx_skills() -> Resource {
    Resource {
        path: "/v1/smatrx/skills",
        text: "name",
        clear: "averageSalary",
        change: ("marketDemand", json!("low")),
        parent: Some(("categoryId", "/v1/smatrx/skill-categories")),
    }
}

#[tokio::test]
async fn applications_keep_the_contract() {
    contract(applications()).await;
}

#[tokio::test]
async fn assessments_keep_the_contract() {
    contract(assessments()).await;
}

#[tokio::test]
async fn career_goals_keep_the_contract() {
    contract(career_goals()).await;
}

#[tokio::test]
async fn certifications_keep_the_contract() {
    contract(certifications()).await;
}

#[tokio::test]
async fn conversations_keep_the_contract() {
    contract(conversations()).await;
}

#[tokio::test]
async fn documents_keep_the_contract() {
    contract(documents()).await;
}

#[tokio::test]
async fn educations_keep_the_contract() {
    contract(educations()).await;
}

#[tokio::test]
async fn experiences_keep_the_contract() {
    contract(experiences()).await;
}

#[tokio::test]
async fn interviews_keep_the_contract() {
    contract(interviews()).await;
}

#[tokio::test]
async fn jobs_keep_the_contract() {
    contract(jobs()).await;
}

#[tokio::test]
async fn mock_interviews_keep_the_contract() {
    contract(mock_interviews()).await;
}

#[tokio::test]
async fn resumes_keep_the_contract() {
    contract(resumes()).await;
}

#[tokio::test]
async fn skills_keep_the_contract() {
    contract(skills()).await;
}

#[tokio::test]
async fn mentorship_learning_paths_keep_the_contract() {
    contract(mentorship_learning_paths()).await;
}

#[tokio::test]
async fn mentorship_milestones_keep_the_contract() {
    contract(mentorship_milestones()).await;
}

#[tokio::test]
async fn mentorship_support_groups_keep_the_contract() {
    contract(mentorship_support_groups()).await;
}

#[tokio::test]
async fn migratio_document_types_keep_the_contract() {
    contract(migratio_document_types()).await;
}

#[tokio::test]
async fn migratio_occupation_codes_keep_the_contract() {
    contract(migratio_occupation_codes()).await;
}

#[tokio::test]
async fn migratio_programs_keep_the_contract() {
    contract(migratio_programs()).await;
}

#[tokio::test]
async fn smatrx_career_goals_keep_the_contract() {
    contract(smatrx_career_goals()).await;
}

#[tokio::test]
async fn smatrx_skill_categories_keep_the_contract() {
    contract(smatrx_skill_categories()).await;
}

#[tokio::test]
async fn smatrx_skills_keep_the_contract() {
    contract(smatrx_skills()).await;
}

/// Users of one resource: Ann, who owns, and Bob, who does not; of a catalogue she has the role, and he has not.
struct Case<'a> {
    resource: Resource,
    ann: User<'a>,
    bob: User<'a>,
    /// Another who may add to it: Bob, if it is no catalogue.
    carla: User<'a>,
    /// A good body of Ann's.
    input: Value,
}

async fn contract(resource: Resource) {
    let app = TestApp::new().await;
    let bob = app.user("bob").await;
    let (ann, carla) = match resource.writer() {
        Some(role) => {
            (app.user_with_roles("ann", &[role]).await, app.user_with_roles("carla", &[role]).await)
        }
        None => (app.user("ann").await, bob.clone()),
    };
    let input = resource.input(&ann).await;
    let case = Case { resource, ann, bob, carla, input };
    case.is_nobodys_who_is_not_signed_in().await;
    match case.resource.writer() {
        Some(_) => case.is_read_by_all_and_written_by_a_role().await,
        None => case.belongs_to_its_owner().await,
    }
    case.ids_that_are_none_are_not_found().await;
    case.is_listed_without_gap_or_repeat().await;
    case.refuses_bad_bodies().await;
    case.is_made_replaced_patched_and_deleted().await;
    case.changes_only_the_version_it_was_told().await;
    case.loses_no_parallel_change().await;
    case.is_made_once_per_idempotency_key().await;
    case.parallel_repeats_make_one_row().await;
}

impl Resource {
    /// The role that writes this catalogue; none: it is no catalogue.
    pub fn writer(&self) -> Option<&'static str> {
        CATALOGUES.iter().find(|(path, _)| *path == self.path).map(|(_, role)| *role)
    }

    /// The documented example, with a parent of this user's where it needs one.
    pub async fn input(&self, user: &User<'_>) -> Value {
        let mut input = example(user, self.path).await;
        codes_of_its_own(&mut input);
        if let Some((field, collection)) = self.parent {
            let mut parent = example(user, collection).await;
            if let Some(name) = parent.get_mut("name") {
                *name = json!(Uuid::now_v7()); // it may be unique
            }
            codes_of_its_own(&mut parent);
            input[field] = json!(user.post(collection, &parent).await.id());
        }
        input
    }
}

/// Codes that no other row has, where the row has codes.
pub fn codes_of_its_own(input: &mut Value) {
    static COUNTRIES: AtomicUsize = AtomicUsize::new(0);
    const LETTERS: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if input.get("code").is_some() {
        input["code"] = json!(format!("code-{}", Uuid::now_v7()));
    }
    if input.get("alpha2").is_some() {
        let number = COUNTRIES.fetch_add(1, Ordering::Relaxed);
        let letters = [number / 26 % 26, number % 26].map(|one| char::from(LETTERS[one]));
        let letters: String = letters.iter().collect();
        input["alpha2"] = json!(letters);
        input["alpha3"] = json!(format!("A{letters}"));
    }
}

/// The body that the OpenAPI document shows for a POST here.
pub async fn example(user: &User<'_>, path: &str) -> Value {
    let document = user.get("/openapi.json").await.ok(200);
    let body = &document["paths"][path]["post"]["requestBody"]["content"]["application/json"];
    assert!(body["example"].is_object(), "POST {path} documents no example");
    body["example"].clone()
}

impl Case<'_> {
    /// Whether the text is free: an id is not.
    fn has_free_text(&self) -> bool {
        self.resource.parent.is_none_or(|(field, _)| field != self.resource.text)
    }

    /// Whether the text must be there.
    fn requires_text(&self) -> bool {
        !UNDEMANDING.contains(&self.resource.path)
    }

    /// A good body unlike the others: some texts are unique.
    fn named(&self, name: &str) -> Value {
        let mut input = self.input.clone();
        codes_of_its_own(&mut input);
        if self.has_free_text() {
            input[self.resource.text] = json!(name);
        }
        input
    }

    /// A new row of Ann's: its place and what was answered.
    async fn made(&self, name: &str) -> (String, Value) {
        let made = self.ann.post(self.resource.path, &self.named(name)).await;
        let row = made.ok(201);
        (made.header("location").to_owned(), row)
    }

    /// How many rows Ann has.
    async fn count(&self) -> usize {
        let page = self.ann.get(&format!("{}?limit=100", self.resource.path)).await.ok(200);
        page["items"].as_array().unwrap().len()
    }
}
