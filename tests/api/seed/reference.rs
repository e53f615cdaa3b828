use trellis::{
    identity::secrets::password::Passwords,
    seed::{self, ReferenceReport},
};

use super::TRIGGERS_OFF;
use crate::support::TestApp;

pub async fn reference(app: &TestApp) -> ReferenceReport {
    seed::reference(&app.database_url).await.unwrap()
}

#[tokio::test]
async fn reference_data_are_loaded_once_without_anybody() {
    let app = TestApp::new().await;
    let first = reference(&app).await;
    let mut rows = 0;
    for (table, least) in [
        ("select count(*) from smatrx.skill_categories", 7),
        ("select count(*) from smatrx.skills", 300),
        ("select count(*) from mentorship.learning_paths", 4),
        ("select count(*) from mentorship.support_groups", 4),
        ("select count(*) from migratio.countries", 249),
        ("select count(*) from migratio.occupation_codes", 44),
        ("select count(*) from migratio.programs", 14),
        ("select count(*) from migratio.document_types", 14),
        ("select count(*) from migratio.document_requirements", 80),
        ("select count(*) from migratio.program_documents", 80),
        ("select count(*) from migratio.questions", 22),
        ("select count(*) from migratio.resources", 16),
        ("select count(*) from migratio.resource_countries", 16),
        ("select count(*) from migratio.resource_programs", 16),
    ] {
        let many = app.count(table).await;
        assert!(many >= least, "{table}: {many}");
        rows += many;
    }
    assert_eq!(first.added, rows.cast_unsigned());
    assert_eq!(reference(&app).await, ReferenceReport { added: 0 });
    assert_eq!(app.count("select count(*) from identity.users").await, 0);
    let logged = "select count(*) from audit.logs where entity_type !~ '^identity[.]'";
    assert_eq!(app.count(logged).await, 0);
    assert_eq!(app.count(TRIGGERS_OFF).await, 0);
}

#[tokio::test]
async fn what_content_managers_have_is_used_and_stays_as_it_is() {
    let app = TestApp::new().await;
    app.execute(
        "insert into migratio.countries (name, alpha2, alpha3, economic_info)
         values ('Our Canada', 'CA', 'CAN', '{\"currency\": \"CAD\", \"usdPerUnit\": 0.5}');
         insert into migratio.document_types (code, name, category) values ('passport', 'Our passport', 'identity');
         insert into migratio.programs (name, country_id, category, costs)
         select 'STUDY PERMIT', id, 'study', '[{\"feeType\": \"All\", \"amount\": 10, \"currency\": \"NOK\"}]'
         from migratio.countries",
    )
    .await;
    reference(&app).await;
    for (what, many) in [
        ("select count(*) from migratio.countries", 249),
        ("select count(*) from migratio.countries where name = 'Our Canada' and capital is null", 1),
        (
            "select count(*)
             from migratio.programs
             join migratio.countries on countries.id = country_id and countries.name = 'Our Canada'",
            4,
        ),
        (
            "select estimated_cost_usd::bigint from migratio.programs where name = 'Spouse or Partner Sponsorship'",
            795,
        ),
        (
            "select count(*)
             from migratio.document_requirements
             join migratio.document_types as kind on kind.id = document_type_id
             where kind.name = 'Our passport'",
            19,
        ),
        // Theirs asks for nothing that they did not say, is what is read about, and costs what 10 kroner are worth.
        (
            "select count(*)
             from migratio.program_documents
             join migratio.programs on programs.id = program_id
             where name = 'STUDY PERMIT'",
            0,
        ),
        (
            "select count(*)
             from migratio.resource_programs
             join migratio.programs on programs.id = program_id
             where name = 'STUDY PERMIT' and abs(estimated_cost_usd - 0.98) < 0.001",
            1,
        ),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
}

#[tokio::test]
async fn edited_reference_data_stay_and_removed_ones_return() {
    let app = TestApp::new().await;
    reference(&app).await;
    app.execute(
        "update migratio.countries set name = 'Kanada', economic_info = economic_info || '{\"usdPerUnit\": 0.6}'
         where alpha2 = 'CA';
         update migratio.programs set name = 'Work in Britain', tags = '{}' where name = 'Skilled Worker Visa';
         update migratio.questions set is_active = false where question_id = 'gender';
         delete from migratio.questions where question_id = 'anything-else';
         delete from migratio.occupation_codes where system = 'SOC' and code = '15-1252';
         delete from migratio.programs where name = 'Study Permit'",
    )
    .await;
    // A question, an occupation, a programme with six requirements and an article about it.
    assert_eq!(reference(&app).await.added, 2 + 1 + 2 * 6 + 1);
    assert_eq!(reference(&app).await.added, 0);
    for (what, many) in [
        ("select count(*) from migratio.countries where name = 'Kanada'", 1),
        (
            "select count(*) from migratio.programs where name = 'Work in Britain' and tags = '{}'",
            1,
        ),
        ("select count(*) from migratio.programs", 20),
        ("select count(*) from migratio.questions where not is_active", 1),
        (
            "select count(*) from migratio.programs where estimated_cost_usd <> migratio.cost_in_usd(costs)",
            0,
        ),
    ] {
        assert_eq!(app.count(what).await, many, "{what}");
    }
}

#[tokio::test]
async fn reference_data_and_the_demo_are_loaded_at_once_and_each_once() {
    let app = TestApp::new().await;
    let passwords = Passwords::default();
    let (alone, again, demo) =
        tokio::join!(reference(&app), reference(&app), seed::demo(&app.database_url, &passwords));
    demo.unwrap();
    assert_eq!(alone.added.min(again.added), 0);
    assert_eq!(app.count("select count(*) from migratio.countries").await, 249);
    // Founded without anybody, or not: the demo's members are counted.
    let joined = "
        select count(*)
        from mentorship.support_groups as circle
        left join (
          select group_id, count(*) as members, max(joined_at) as joined
          from mentorship.group_memberships
          group by group_id
        ) as tally on tally.group_id = circle.id
        where member_count <> coalesce(members, 0)
           or last_active is distinct from joined";
    assert_eq!(app.count(joined).await, 0);
}
