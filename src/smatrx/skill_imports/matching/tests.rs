use super::*;

/// The catalogue of the table below.
const CATALOGUE: &[&str] = &[
    "React",
    "React Native",
    "C",
    "C++",
    "C#",
    "R",
    "Go",
    "Java",
    "JavaScript",
    "Node.js",
    ".NET",
    "ASP.NET Core",
    "CI/CD",
    "Machine Learning",
    "Learning Design",
    "Größenlehre",
    "Café-Management",
    "数据分析",
    "React로",
];

/// A text, and the skills that it mentions, in the order of the catalogue.
const MENTIONS: &[(&str, &[&str])] = &[
    ("", &[]),
    ("React", &["React"]),
    ("I like React.", &["React"]),
    ("(React), \"React\"; React!", &["React"]),
    ("REACT and react", &["React"]),
    // Whole words.
    ("Reactive, unReact, React2, my_React", &[]),
    ("Google, Cargo, Gopher", &[]),
    ("JavaScript", &["JavaScript"]),
    ("Java/JavaScript", &["Java", "JavaScript"]),
    ("Java-based, Java-Entwickler", &["Java"]),
    // The longest.
    ("React Native", &["React Native"]),
    ("react\r\n\t native", &["React Native"]),
    ("React\u{a0}Native", &["React Native"]),
    ("React Native and React", &["React", "React Native"]),
    ("React Natively", &["React"]),
    ("React, Native", &["React"]),
    ("machine learning design", &["Machine Learning"]),
    ("machines, learning design", &["Learning Design"]),
    // Signs.
    ("C++", &["C++"]),
    ("c++.", &["C++"]),
    ("C++17, C#7", &["C++", "C#"]),
    ("C/C++/C#", &["C", "C++", "C#"]),
    ("C, C++ and C#.", &["C", "C++", "C#"]),
    ("F#, C##", &[]),
    ("Java++ Java#", &[]),
    ("React+Java", &["React", "Java"]),
    ("node.js", &["Node.js"]),
    ("I use Node.js.", &["Node.js"]),
    ("Node.jsx, Node,js", &[]),
    (".NET and .net", &[".NET"]),
    ("VB.NET", &[]),
    ("ASP.NET Core", &["ASP.NET Core"]),
    ("CI/CD-pipelines", &["CI/CD"]),
    ("CI / CD", &[]),
    // Short names hide in other words.
    ("go-to-market, e.g. go", &["Go"]),
    ("R&D, Ph.R, ann.c@example.com, r's", &[]),
    ("C-level, Objective-C", &[]),
    ("Go, R & C.", &["C", "R", "Go"]),
    // Whatever the script.
    ("GRÖSSENLEHRE", &[]),
    ("GRÖßENLEHRE", &["Größenlehre"]),
    ("Gro\u{308}ßenlehre", &["Größenlehre"]),
    ("Cafe\u{301}-Management", &["Café-Management"]),
    ("Ｒｅａｃｔ", &["React"]),
    ("React\u{301}", &[]),
    ("精通数据分析和React开发", &["React", "数据分析"]),
    ("Java를 씁니다", &["Java"]),
    ("React로 만들었다", &["React로"]),
    ("🦀React🦀", &["React"]),
];

fn catalogue(names: &[&str]) -> Vec<CatalogueSkill> {
    names.iter().map(|name| CatalogueSkill { id: Uuid::now_v7(), name: (*name).into() }).collect()
}

fn order(text: Option<&str>, items: Option<Vec<ImportItem>>) -> Order {
    Order { resume: text.map(str::to_owned), items: items.map(sqlx::types::Json) }
}

/// Names of what was found, in the order of the catalogue.
fn names<'a>(catalogue: &'a [CatalogueSkill], found: &Findings) -> Vec<&'a str> {
    let is_found = |skill: &&CatalogueSkill| found.skills.contains_key(&skill.id);
    catalogue.iter().filter(is_found).map(|skill| skill.name.as_str()).collect()
}

fn item(skill: &str, level: Option<SkillLevel>, years_experience: Option<i32>) -> ImportItem {
    ImportItem { skill: skill.into(), level, years_experience, evidence: None }
}

#[test]
fn a_text_mentions_whole_words_and_the_longest() {
    let catalogue = catalogue(CATALOGUE);
    for (text, expected) in MENTIONS {
        let found = search(&order(Some(text), None), &catalogue).unwrap();
        let mut wanted = expected.to_vec();
        wanted.sort_by_key(|name| CATALOGUE.iter().position(|known| known == name));
        assert_eq!(names(&catalogue, &found), wanted, "{text}");
        assert!(found.skills.values().all(|skill| *skill == Finding::mere()));
        assert!(found.unknown.is_empty());
    }
}

#[test]
fn an_item_is_a_whole_name() {
    let catalogue = catalogue(CATALOGUE);
    let given = ["react  NATIVE ", "React Nativ", "c#", "Go!", "GO!", "", "\u{3000}", "数据分析"];
    let items = given.iter().map(|name| item(name, None, None)).collect();
    let found = search(&order(None, Some(items)), &catalogue).unwrap();
    assert_eq!(names(&catalogue, &found), ["React Native", "C#", "数据分析"]);
    assert_eq!(found.unknown, ["React Nativ", "Go!", ""]);
}

#[test]
fn of_a_skill_that_is_given_twice_the_most_counts() {
    let catalogue = catalogue(&["Rust"]);
    let evidence =
        |stars: i32| serde_json::from_value(serde_json::json!({"stars": stars})).unwrap();
    let mut items = vec![
        item("Rust", Some(SkillLevel::Advanced), Some(2)),
        item("RUST", Some(SkillLevel::Intermediate), Some(7)),
        item("rust", None, None),
    ];
    items[0].evidence = Some(evidence(1));
    items[1].evidence = Some(evidence(2));
    let found = search(&order(None, Some(items)), &catalogue).unwrap();
    let skill = &found.skills[&catalogue[0].id];
    assert_eq!((skill.level, skill.years_experience), (SkillLevel::Advanced, Some(7)));
    assert_eq!(skill.evidence, Some(evidence(2)));
}

#[test]
fn no_text_has_more_than_a_thousand_skills() {
    let names: Vec<String> = (0..1500).map(|number| format!("skill {number:04}")).collect();
    let catalogue = catalogue(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let text = format!("{0}, {0}", names.join(", "));
    let found = search(&order(Some(&text), None), &catalogue).unwrap();
    assert_eq!(self::names(&catalogue, &found), names[..1000]);
}

#[test]
fn a_catalogue_may_be_empty() {
    let found = search(&order(Some("Rust"), Some(vec![item("Rust", None, None)])), &[]).unwrap();
    assert_eq!((found.skills.len(), found.unknown), (0, vec!["Rust".to_owned()]));
}
