//! What the reference data say must fit together.

use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::{AssertSqlSafe, types::Json};
use trellis::migratio::{
    ApplicationStep, Cost, EligibilityCriterion, PredictedProcessingTime, PredictedSuccessRate,
    ProcessingTime, SuccessRate,
};
use validator::Validate;

use super::reference::reference;
use crate::support::TestApp;

/// Countries without what each has, destinations without what programmes lead there for, and rates that differ.
const BROKEN_COUNTRIES: &str = "
    select (select count(*)
            from migratio.countries
            where flag_emoji <> chr(127397 + ascii(alpha2)) || chr(127397 + ascii(substr(alpha2, 2)))
               or (num_nulls(region, subregion) > 0 or languages = '{}') <> (alpha2 = 'AQ')
               or economic_info ->> 'currency' is distinct from currencies -> 0 ->> 'code'
               or (economic_info ->> 'usdPerUnit' is null) <> (currencies = '[]')
               or jsonb_array_length(currencies) <> jsonb_array_length(jsonb_path_query_array(currencies,
                    'strict $[*] ? (@.name.type() == \"string\" && @.symbol.type() == \"string\")'))
               or is_destination_country <> (
                    general_info ?& array['population', 'areaKm2', 'callingCode', 'timezones', 'government', 'climate']
                    and immigration_info ?& array['authority', 'overview', 'pointsBased', 'dualCitizenship',
                      'yearsToResidency', 'yearsToCitizenship']
                    and economic_info ?& array['gdpPerCapitaUsd', 'unemploymentRate', 'averageSalaryUsd',
                      'inDemandSectors']
                    and living_info ?& array['costOfLivingIndex', 'averageRentUsd', 'healthcare', 'education', 'safety']
                    and immigration_website is not null)
               or is_destination_country <> exists (select from migratio.programs where country_id = countries.id))
         + (select count(*)
            from (
              select
              from migratio.countries
              group by economic_info ->> 'currency'
              having count(distinct economic_info ->> 'usdPerUnit') > 1
            ) as disputed)
         + (select count(*)
            from migratio.countries
            cross join jsonb_array_elements_text(general_info -> 'timezones') as zone
            where zone not in (select name from pg_timezone_names))
         + (select count(*)
            from migratio.countries
            cross join unnest(languages) as tag
            where tag !~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?$')";

/// Keys of a country's documents that it has no name for.
const UNKNOWN_KEYS: &str = "
    select count(*)
    from migratio.countries
    cross join jsonb_object_keys(general_info || immigration_info || economic_info || living_info) as key
    where key not in (
      'population', 'areaKm2', 'callingCode', 'timezones', 'government', 'climate',
      'authority', 'overview', 'pointsBased', 'dualCitizenship', 'yearsToResidency', 'yearsToCitizenship',
      'currency', 'usdPerUnit', 'gdpPerCapitaUsd', 'unemploymentRate', 'averageSalaryUsd', 'inDemandSectors',
      'costOfLivingIndex', 'averageRentUsd', 'healthcare', 'education', 'safety')";

#[tokio::test]
async fn all_countries_are_there_with_all_that_is_known_of_destinations() {
    let app = TestApp::new().await;
    reference(&app).await;
    assert_eq!(app.count(BROKEN_COUNTRIES).await, 0);
    assert_eq!(app.count(UNKNOWN_KEYS).await, 0);
    for (what, many) in [
        ("select count(*) from migratio.countries", 249),
        ("select count(distinct region) from migratio.countries", 5),
        ("select count(distinct subregion) from migratio.countries", 17),
        ("select count(*) from migratio.countries where is_destination_country", 9),
        ("select count(distinct system) from migratio.occupation_codes", 4),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
}

/// Programmes that nobody could plan with.
const BROKEN_PROGRAMS: &str = "
    select (select count(*)
            from migratio.programs
            where jsonb_array_length(eligibility_criteria) not between 4 and 7
               or jsonb_array_length(application_steps) not between 6 and 10
               or jsonb_array_length(costs) < 2
               or cardinality(benefits) * cardinality(limitations) * cardinality(tags) = 0
               or num_nulls(estimated_months, estimated_cost_usd, official_website, last_updated, data_source) > 0
               or estimated_cost_usd <> migratio.cost_in_usd(costs)
               or not base.fits(array[category], 100) or category !~ '^[a-z]+(-[a-z]+)*$'
               or 5 <> (select count(distinct step ->> 'phase') from jsonb_array_elements(application_steps) as step)
               or (select count(*) from migratio.program_documents where program_id = programs.id) not between 4 and 7
               or (select string_agg(position::text, ',' order by position) !~ '^1,2,3,4'
                   from migratio.document_requirements
                   where program_id = programs.id))
         + (select count(*)
            from migratio.programs
            cross join jsonb_to_recordset(eligibility_criteria) as asked (
              \"criterionType\" text, subject text, \"minValue\" double precision, unit text)
            where (\"criterionType\" = 'education' and \"minValue\" not between 3 and 8)
               or (\"criterionType\" = 'language' and (\"minValue\" between 1 and 6 and unit = 'CEFR') is not true)
               or (\"criterionType\" in ('language', 'family', 'other') and subject is null)
               or (\"criterionType\" = 'financial' and migratio.usd_per_unit(unit) is null))
         + (select count(*)
            from migratio.document_requirements
            where fees is not null
              and (migratio.usd_per_unit(fees ->> 'currency') is null or (fees ->> 'amount')::integer <= 0
                or fees - array['amount', 'currency', 'notes'] <> '{}'))
         + (select count(*)
            from migratio.document_types
            where cardinality(accepted_file_types) = 0
               or not base.fits(array[guidance ->> 'description'], 1000)
               or jsonb_array_length(guidance -> 'tips') = 0
               or guidance - array['description', 'tips', 'sampleUrl', 'issuingAuthority'] <> '{}'
               or id not in (select document_type_id from migratio.document_requirements))";

#[tokio::test]
async fn programmes_can_be_planned_and_paid() {
    let app = TestApp::new().await;
    reference(&app).await;
    assert_eq!(app.count(BROKEN_PROGRAMS).await, 0);
    let countries = "select count(distinct country_id) from migratio.programs";
    assert_eq!(app.count(countries).await, 9);
    let categories = "select count(distinct category) from migratio.programs";
    assert_eq!(app.count(categories).await, 9);
}

/// Reads what a column of programmes holds as what a client may write.
async fn valid<T: DeserializeOwned + Validate>(app: &TestApp, column: &str) {
    let sql = format!("select {column} from migratio.programs");
    let documents: Vec<Json<Value>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut app.sql().await).await.unwrap();
    assert!(!documents.is_empty());
    for Json(document) in documents {
        let parts = if document.is_array() { document } else { Value::from(vec![document]) };
        for part in serde_json::from_value::<Vec<T>>(parts).unwrap() {
            assert_eq!(part.validate(), Ok(()), "{column}");
        }
    }
}

#[tokio::test]
async fn a_client_could_have_written_the_programmes() {
    let app = TestApp::new().await;
    reference(&app).await;
    valid::<EligibilityCriterion>(&app, "eligibility_criteria").await;
    valid::<Cost>(&app, "costs").await;
    valid::<ApplicationStep>(&app, "application_steps").await;
    valid::<ProcessingTime>(&app, "processing_time").await;
    valid::<PredictedProcessingTime>(&app, "predicted_processing_time").await;
    valid::<SuccessRate>(&app, "success_rate").await;
    valid::<PredictedSuccessRate>(&app, "predicted_success_rate").await;
}

/// Questions that depend on none before them, or offer what is not there.
const BROKEN_QUESTIONS: &str = "
    select (select count(*)
            from migratio.questions as question
            cross join jsonb_to_record(conditional_display) as asked (\"questionId\" text, operator text, value jsonb)
            where conditional_display is not null
              and (operator not in ('equals', 'notEquals', 'in', 'greaterThan', 'lessThan', 'answered')
                or (operator = 'answered') <> (value is null)
                or (operator = 'in') <> (jsonb_typeof(value) is not distinct from 'array')
                or conditional_display - array['questionId', 'operator', 'value'] <> '{}'
                or not exists (
                  select
                  from migratio.questions as earlier
                  where earlier.question_id = \"questionId\"
                    and earlier.position < question.position
                    -- What is compared with a choice is one of its options.
                    and (earlier.options = '[]' or value is null
                      or jsonb_path_query_array(value, '$[*]') <@ jsonb_path_query_array(earlier.options, '$[*].value'))
                )))
         + (select count(*)
            from migratio.questions
            where validation - array['required', 'min', 'max', 'minLength', 'maxLength', 'minSelections',
              'maxSelections'] <> '{}')
         + (select count(*)
            from migratio.questions
            cross join jsonb_array_elements(options) as option
            where (profile_fact = 'destinationCountries' and option ->> 'value' not in (
                    select alpha2 from migratio.countries where is_destination_country))
               or (profile_fact = 'pathwayTypes' and option ->> 'value' not in (select category from migratio.programs))
               or (profile_fact in ('financialCurrency', 'budgetCurrency')
                 and migratio.usd_per_unit(option ->> 'value') is null))";

#[tokio::test]
async fn the_quiz_asks_in_order_for_all_that_the_profile_can_say() {
    let app = TestApp::new().await;
    reference(&app).await;
    assert_eq!(app.count(BROKEN_QUESTIONS).await, 0);
    for (what, many) in [
        ("select count(distinct type) from migratio.questions", 7),
        ("select count(distinct section) from migratio.questions", 7),
        ("select count(distinct conditional_display ->> 'operator') from migratio.questions", 5),
        (
            "select count(*)
             from unnest(enum_range(null::migratio.profile_fact)) as fact
             where fact not in (select profile_fact from migratio.questions where profile_fact is not null)",
            0,
        ),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
}

#[tokio::test]
async fn there_is_something_to_read_of_every_kind_for_every_stage() {
    let app = TestApp::new().await;
    reference(&app).await;
    for (what, many) in [
        ("select count(distinct resource_type) from migratio.resources", 7),
        (
            "select count(distinct stage) from migratio.resources cross join unnest(journey_stage) as stage",
            5,
        ),
        ("select count(distinct target_expertise_level) from migratio.resources", 4),
        ("select count(*) from migratio.resources where is_premium", 3),
        (
            "select count(*)
             from migratio.resources
             where (content_body is null) <> (resource_type in ('video', 'webinar', 'course'))
                or content_url !~ '^https://example.org/'
                or char_length(content_body) < 500",
            0,
        ),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
}
