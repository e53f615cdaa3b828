//! Where the rows are that the authorization matrix asks for, and what its bodies name.

use serde_json::{Value, json};
use uuid::Uuid;

use super::people;
use crate::{openapi::Operation, support::TestApp};

/// The place of something new.
pub async fn place(operation: &Operation, app: &TestApp) -> Option<String> {
    let path = operation.path.as_str();
    match operation.id.as_str() {
        "migratio_programs_compare" => {
            let (one, other) = (program(app).await, program(app).await);
            Some(format!("{path}?ids={one},{other}"))
        }
        "migratio_countries_get"
        | "migratio_countries_replace"
        | "migratio_countries_update"
        | "migratio_countries_delete" => {
            Some(path.replace("{id}", &country(app).await.to_string()))
        }
        id if id.starts_with("migratio_document_requirements")
            || id.starts_with("migratio_program_documents") =>
        {
            let program = program(app).await;
            let kind = people::document_type(app, &format!("kind-{program}")).await;
            let requirement = people::requirement(app, program, kind, 0).await;
            // What is asked for and dropped is another's.
            let asks = id.starts_with("migratio_program_documents");
            let program = if asks { self::program(app).await } else { program };
            let path = path.replace("{requirementId}", &requirement.to_string());
            Some(path.replace("{id}", &program.to_string()))
        }
        _ => None,
    }
}

/// Names a kind of documents in a body.
pub async fn fill(body: &mut Value, app: &TestApp) {
    if body.get("documentTypeId").is_some() {
        let code = format!("kind-{}", Uuid::now_v7());
        body["documentTypeId"] = json!(people::document_type(app, &code).await);
    }
}

/// A country that no programme leads to; its codes are free, for nobody's are of this form.
async fn country(app: &TestApp) -> Uuid {
    let codes = "select 'Z' || chr(65 + count(*)::integer), 'ZZ' || chr(65 + count(*)::integer)";
    let row = format!(
        "migratio.countries (name, alpha2, alpha3)
         select 'x', alpha2, alpha3
         from ({codes} from migratio.countries where alpha3 like 'ZZ_') as free (alpha2, alpha3)"
    );
    people::inserted(app, &row).await
}

async fn program(app: &TestApp) -> Uuid {
    let name = Uuid::now_v7().to_string();
    people::program(app, country(app).await, &name, &json!([])).await
}
