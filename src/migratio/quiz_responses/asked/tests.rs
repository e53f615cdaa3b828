use serde_json::json;

use super::*;

/// A question of numbers with this code, asked when another's answer is so; `optional.` begins one that need not be answered.
fn question(code: &str, condition: Value) -> Question {
    let of = |other: &str, operator: &str, value: &Value| json!({"questionId": other, "operator": operator, "value": value});
    let condition = match condition {
        Value::Array(parts) => {
            of(parts[0].as_str().unwrap(), parts[1].as_str().unwrap(), &parts[2])
        }
        none => none,
    };
    typed(code, "number", &json!([]), &condition)
}

fn typed(code: &str, kind: &str, options: &Value, condition: &Value) -> Question {
    serde_json::from_value(json!({
        "id": uuid::Uuid::nil(), "question_id": code, "text": code, "help_text": null, "type": kind,
        "section": "any", "position": 1, "options": options,
        "validation": {"required": !code.starts_with("optional."), "max": if kind == "number" { Some(100) } else { None }},
        "conditional_display": condition, "profile_fact": null, "is_active": true,
        "created_at": "2027-01-01T00:00:00Z", "updated_at": "2027-01-01T00:00:00Z",
    }))
    .unwrap()
}

fn given(answers: &Value) -> Vec<QuizAnswer> {
    let answer = |(code, answer): (&String, &Value)| {
        let at = "2027-01-01T00:00:00Z";
        let row =
            json!({"question_id": code, "answer": answer, "created_at": at, "updated_at": at});
        serde_json::from_value(row).unwrap()
    };
    answers.as_object().unwrap().iter().map(answer).collect()
}

/// The codes of the questions that are asked.
fn shown(questions: &[Question], answers: &Value) -> String {
    let answers = given(answers);
    let asked = Asked::of(questions, &answers);
    let codes: Vec<&str> =
        asked.shown().map(|(question, _)| question.question_id.as_str()).collect();
    codes.join(" ")
}

#[test]
fn a_chain_is_asked_link_by_link_wherever_its_links_stand() {
    let chain = [
        question("d", json!(["c", "answered", null])),
        question("c", json!(["b", "answered", null])),
        question("b", json!(["a", "equals", 1])),
        question("a", json!(null)),
    ];
    for (answers, wanted) in [
        (json!({}), "a"),
        (json!({"a": 2}), "a"),
        (json!({"a": 1}), "b a"),
        (json!({"a": 1.0, "b": 7}), "c b a"),
        (json!({"a": 1, "b": 7, "c": 7}), "d c b a"),
        // What is hidden does not count, though it was answered.
        (json!({"a": 2, "b": 7, "c": 7, "d": 7}), "a"),
        (json!({"b": 7, "c": 7}), "a"),
        // Nor does what is no answer by the question as it is now.
        (json!({"a": 1, "b": "seven", "c": 7}), "b a"),
        (json!({"a": 1, "b": 101, "c": 7}), "b a"),
    ] {
        assert_eq!(shown(&chain, &answers), wanted, "{answers}");
    }
}

#[test]
fn what_waits_for_itself_or_for_nothing_is_never_asked() {
    let questions = [
        question("into", json!(["one", "answered", null])),
        question("one", json!(["two", "answered", null])),
        question("two", json!(["three", "answered", null])),
        question("three", json!(["one", "answered", null])),
        question("self", json!(["self", "answered", null])),
        question("orphan", json!(["gone", "notEquals", 1])),
        question("below", json!(["orphan", "notEquals", 1])),
        question("free", json!(null)),
    ];
    let all = json!({
        "into": 1, "one": 1, "two": 1, "three": 1, "self": 1, "gone": 2, "orphan": 1, "below": 1, "free": 1,
    });
    assert_eq!(shown(&questions, &all), "free");
    assert_eq!(shown(&questions, &json!({})), "free");
    let answers = given(&all);
    let progress = Asked::of(&questions, &answers).progress();
    assert_eq!(progress, QuizProgress { answered: 1, visible: 1, percentage: 100 });
}

#[test]
fn a_very_long_chain_is_walked() {
    let link = |number: u32| match number {
        0 => question("q0", json!(null)),
        _ => question(&format!("q{number}"), json!([format!("q{}", number - 1), "lessThan", 10])),
    };
    let mut chain: Vec<Question> = (0..5_000).map(link).collect();
    let answers: serde_json::Map<String, Value> =
        (0..5_000).map(|number| (format!("q{number}"), json!(9))).collect();
    let mut answers = Value::Object(answers);
    let visible =
        |chain: &[Question], answers: &Value| Asked::of(chain, &given(answers)).progress().visible;
    assert_eq!(visible(&chain, &answers), 5_000);
    chain.reverse();
    assert_eq!(visible(&chain, &answers), 5_000);
    answers["q2499"] = json!(10);
    assert_eq!(visible(&chain, &answers), 2_500);
}

#[test]
fn conditions_compare_as_they_say() {
    for (kind, answer, operator, value, wanted) in [
        ("number", json!(5), "equals", json!(5.0), true),
        ("number", json!(5), "equals", json!("5"), false),
        ("number", json!(5), "notEquals", json!(6), true),
        ("number", json!(5), "notEquals", json!(5), false),
        ("number", json!(5), "in", json!([4, 5]), true),
        ("number", json!(5), "in", json!([4, 6]), false),
        ("number", json!(5), "greaterThan", json!(4.5), true),
        ("number", json!(5), "greaterThan", json!(5), false),
        ("number", json!(5), "lessThan", json!(5.5), true),
        ("number", json!(5), "lessThan", json!(5), false),
        ("number", json!(5), "greaterThan", json!("2020-01-01"), false),
        ("date", json!("2027-01-31"), "lessThan", json!("2027-02-01"), true),
        ("date", json!("2027-02-01"), "greaterThan", json!("2027-01-31"), true),
        ("date", json!("2027-02-01"), "greaterThan", json!("2027-02-01"), false),
        ("boolean", json!(true), "equals", json!(true), true),
        ("boolean", json!(false), "equals", json!(true), false),
        ("boolean", json!(false), "answered", json!(null), true),
        ("text", json!("b"), "greaterThan", json!("a"), false),
        ("text", json!("Ä"), "equals", json!("Ä"), true),
        ("text", json!("Ä"), "equals", json!("ä"), false),
        ("multipleChoice", json!(["x", "y"]), "equals", json!("y"), true),
        ("multipleChoice", json!(["x", "y"]), "equals", json!("z"), false),
        ("multipleChoice", json!(["x", "y"]), "notEquals", json!("y"), false),
        ("multipleChoice", json!(["x", "y"]), "notEquals", json!("z"), true),
        ("multipleChoice", json!(["x", "y"]), "in", json!(["z", "x"]), true),
        ("multipleChoice", json!(["x", "y"]), "in", json!(["z"]), false),
        ("multipleChoice", json!(["x", "y"]), "greaterThan", json!(1), false),
    ] {
        let option = |value: &str| json!({"value": value, "label": value});
        let options = json!(["x", "y", "z"].map(option));
        let options = if kind == "multipleChoice" { options } else { json!([]) };
        let questions = [
            typed("a", kind, &options, &json!(null)),
            question("b", json!(["a", operator, value])),
        ];
        let wanted = if wanted { "a b" } else { "a" };
        assert_eq!(shown(&questions, &json!({"a": answer})), wanted, "{answer} {operator} {value}");
        assert_eq!(shown(&questions, &json!({})), "a", "no answer, {operator} {value}");
    }
}

#[test]
fn progress_counts_what_is_asked_and_the_next_is_the_first_without_an_answer() {
    let questions = [
        question("a", json!(null)),
        question("b", json!(["a", "equals", 1])),
        question("optional.c", json!(null)),
    ];
    for (answers, counted, next, missing) in [
        (json!({}), (0, 2, 0), Some("a"), "a"),
        (json!({"b": 1}), (0, 2, 0), Some("a"), "a"),
        (json!({"optional.c": 1}), (1, 2, 50), Some("a"), "a"),
        (json!({"a": 1}), (1, 3, 33), Some("b"), "b"),
        (json!({"a": 1, "b": 1}), (2, 3, 66), Some("optional.c"), ""),
        (json!({"a": 2, "b": 1}), (1, 2, 50), Some("optional.c"), ""),
        (json!({"a": 1, "b": 1, "optional.c": 1}), (3, 3, 100), None, ""),
    ] {
        let given = given(&answers);
        let asked = Asked::of(&questions, &given);
        let (answered, visible, percentage) = counted;
        let wanted = QuizProgress { answered, visible, percentage };
        assert_eq!(asked.progress(), wanted, "{answers}");
        assert_eq!(asked.next().map(|one| one.question_id.as_str()), next, "{answers}");
        assert_eq!(asked.missing().join(" "), missing, "{answers}");
    }
    let nothing = Asked::of(&[], &[]).progress();
    assert_eq!(nothing, QuizProgress { answered: 0, visible: 0, percentage: 100 });
}
